using RedisHaBake.Agent.Cluster;

namespace RedisHaBake.Agent.Join;

/// <summary>What only a person can settle, and by which command: pure.</summary>
public static class PersonsWord
{
    private static readonly TimeSpan WayOutAfter = TimeSpan.FromMinutes(2);

    /// <summary>Whose data the cluster goes on with.</summary>
    public static string OnData(ClusterFacts facts)
        => "only a person can say whose data to keep: on that node, " + string.Join(" or ", facts.DataNodes.Where(n => n.HasData).Select(n => "redishabake-agent recover --from " + n.Node).DefaultIfEmpty("redishabake-agent recover --from NODE"))
            + "; redishabake-agent status says on each node when its data was last written";

    /// <summary>
    /// How to go on without <paramref name="missing"/>. Said once the wait is longer than a slow boot: before, it would only tempt. Whoever
    /// looks before that is told that it will be.
    /// </summary>
    public static string OnMissing(ClusterFacts facts, IReadOnlyList<DataNodeView> missing)
    {
        if (!facts.Naming.HasMajority || missing.Any(n => n.Reachable || n.Node == facts.Plan.Node) || missing.Count >= facts.DataNodes.Count)
            return "";
        var come = missing.Count == 1 ? "it does" : "they do";
        // A bootstrap is for blank nodes only, of which no Sentinel has heard.
        if (facts.DataNodes.Any(n => n.HasData))
            return missing.Any(n => n.GoneFor < WayOutAfter) ? "" : $"; if {come} not come, {OnData(facts)}";
        if (facts.Naming.AnybodyNamed)
            return "";
        return missing.Any(n => n.GoneFor < WayOutAfter)
            ? $"; if {come} not come within {WayOutAfter.TotalMinutes:0} minutes, the way out is shown here"
            : $"; if {come} not come, on {Absence.Bootstrapper(facts.Plan, [.. missing.Select(n => n.Node)])}: redishabake-agent bootstrap {string.Join(' ', missing.Select(n => "--without " + n.Node))}";
    }
}
