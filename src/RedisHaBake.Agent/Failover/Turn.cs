using System.Text.Json;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// A vote that this node has won: it serves every repeat for the same incident and the same asked Sentinel, by hand-over, stop hook
/// and join alike, because each vote silences the other voters' own failover for a while.
/// </summary>
/// <param name="Asked">Id of the Sentinel that the vote was for.</param>
/// <param name="ConfigEpoch">The named master's config epoch: a failover raises it, and the incident is over.</param>
/// <param name="Won">Whether the vote was won; a lost one is remembered to back off.</param>
/// <param name="At">When, UTC.</param>
public sealed record Turn(string Asked, long ConfigEpoch, bool Won, DateTimeOffset At)
{
    private const string File = "/run/redishabake/turn.json";

    /// <summary>The last vote, or null.</summary>
    public static Turn? Read(MachineRoot root)
    {
        try
        {
            return root.Read(File) is { } text ? JsonSerializer.Deserialize(text, TurnJson.Default.Turn) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Remembers this vote.</summary>
    public void Write(MachineRoot root) => root.Write(File, JsonSerializer.Serialize(this, TurnJson.Default.Turn));
}
