using System.Text.Json;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Join;

/// <summary>What the join last said, in a file that vanishes at a reboot, for <c>status</c> and the boot sequence.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Sentence">What it decided and on which facts.</param>
/// <param name="Since">When it came to this, UTC.</param>
/// <param name="Bootstrapped">Whether this node made the cluster in this boot.</param>
public sealed record JoinState(JoinPhase State, string Sentence, DateTimeOffset Since, bool Bootstrapped)
{
    /// <summary>Where it stands.</summary>
    public const string File = "/run/redishabake/join.json";

    /// <summary>The last one, or null where no join has run since the boot.</summary>
    public static JoinState? Read(MachineRoot root)
    {
        try
        {
            return root.Read(File) is { } text ? JsonSerializer.Deserialize(text, JoinStateJson.Default.JoinState) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the last one.</summary>
    public void Write(MachineRoot root) => root.Write(File, JsonSerializer.Serialize(this, JoinStateJson.Default.JoinState) + "\n");

    /// <summary>Forgets the last one: a new Redis process has not joined yet.</summary>
    public static void Clear(MachineRoot root) => root.Delete(File);
}
