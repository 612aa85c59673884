using System.Text.Json;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// A vote of this node: a won one serves every repeat for the same incident and the same asked Sentinel, by hand-over, stop hook and join
/// alike, because each vote silences the other voters' own failover for a while.
/// </summary>
/// <param name="Asked">Id of the Sentinel that the vote was for.</param>
/// <param name="ConfigEpoch">The named master's config epoch: a failover raises it, and the incident is over.</param>
/// <param name="Won">Whether the vote was won; a lost one is remembered to back off.</param>
/// <param name="At">When, UTC.</param>
public sealed record Turn(string Asked, long ConfigEpoch, bool Won, DateTimeOffset At)
{
    private const string File = "/run/redishabake/turns.json";

    /// <summary>The last vote for each Sentinel.</summary>
    public static IReadOnlyList<Turn> ReadAll(MachineRoot root)
    {
        try
        {
            return root.Read(File) is { } text ? JsonSerializer.Deserialize(text, TurnJson.Default.ListTurn) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Remembers this vote; those of earlier incidents are forgotten.</summary>
    public void Remember(MachineRoot root)
    {
        List<Turn> turns = [.. ReadAll(root).Where(t => t.ConfigEpoch == ConfigEpoch && t.Asked != Asked), this];
        root.Write(File, JsonSerializer.Serialize(turns, TurnJson.Default.ListTurn));
    }
}
