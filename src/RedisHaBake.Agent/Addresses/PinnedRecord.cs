using System.Text.Json;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Addresses;

/// <summary>
/// Which addresses this agent has put on the machine, and where it keeps them: written before they are, so that whatever interrupts it,
/// what it added and no more is taken away when the plan no longer has them.
/// </summary>
/// <param name="Interface">The interface that carries them.</param>
/// <param name="Addresses">The addresses.</param>
/// <param name="DropIn">The networkd drop-in that keeps them over reboots; empty where the agent adds them at each boot.</param>
public sealed record PinnedRecord(string Interface, IReadOnlyList<string> Addresses, string DropIn)
{
    /// <summary>Where it stands.</summary>
    public const string File = "/var/lib/redishabake/pinned.json";

    /// <summary>Nothing was put anywhere.</summary>
    public static PinnedRecord None { get; } = new("", [], "");

    /// <summary>The last one.</summary>
    public static PinnedRecord Read(MachineRoot root)
    {
        try
        {
            return root.Read(File) is { } text ? JsonSerializer.Deserialize(text, PinnedRecordJson.Default.PinnedRecord) ?? None : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    /// <summary>Replaces the last one.</summary>
    public void Write(MachineRoot root) => root.Write(File, JsonSerializer.Serialize(this, PinnedRecordJson.Default.PinnedRecord) + "\n");

    /// <summary>Whether both say the same.</summary>
    public bool Says(PinnedRecord other) => (Interface, DropIn) == (other.Interface, other.DropIn) && Addresses.SequenceEqual(other.Addresses);
}
