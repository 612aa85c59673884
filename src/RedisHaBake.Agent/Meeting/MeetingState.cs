using System.Text.Json;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Meeting;

/// <summary>How the meeting stands, in a file that vanishes at a reboot: for <c>status</c>, the join, and a person's words.</summary>
/// <param name="Waiting">What this node waits for before it takes part; empty once another node knows it.</param>
/// <param name="Problems">What contradicts, in sentences; it changes nothing.</param>
/// <param name="Claims">Refused addresses by the node name that a machine there gives itself.</param>
/// <param name="Seen">Addresses of nodes whose agents are connected now, by name.</param>
/// <param name="Extra">Versions of the extra addresses that the nodes seen have, by name.</param>
public sealed record MeetingState(
    string Waiting,
    IReadOnlyList<string> Problems,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Claims,
    IReadOnlyDictionary<string, string> Seen,
    IReadOnlyDictionary<string, long> Extra)
{
    /// <summary>Where it stands.</summary>
    public const string File = "/run/redishabake/meeting.json";

    /// <summary>The last one; null where the agent's service has not met anybody since the boot.</summary>
    public static MeetingState? Read(MachineRoot root)
    {
        try
        {
            return root.Read(File) is { } text ? JsonSerializer.Deserialize(text, MembershipJson.Default.MeetingState) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Its text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MembershipJson.Default.MeetingState) + "\n";
}
