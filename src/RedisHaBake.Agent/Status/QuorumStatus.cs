using System.Text.Json.Serialization;
using RedisHaBake.Agent.Cluster;

namespace RedisHaBake.Agent.Status;

/// <summary>
/// What the Sentinels can do together. A failover needs both: as many as the spec's quorum to call the master down, and a majority of all
/// to authorize whoever promotes (Sentinel's vote asks for the larger of the two).
/// </summary>
/// <param name="Configured">How many the plan has.</param>
/// <param name="Answering">How many answer.</param>
/// <param name="Majority">How many must authorize a failover.</param>
/// <param name="Quorum">How many must call the master down: failover.quorum.</param>
/// <param name="Epoch">The config epoch: it grows with every failover.</param>
/// <param name="CanFailOver">Whether a failover is possible.</param>
/// <param name="Lacking">What it lacks; empty where it is possible.</param>
public sealed record QuorumStatus(int Configured, int Answering, int Majority, int Quorum, long Epoch, bool CanFailOver, string Lacking)
{
    /// <summary>Adds up what the Sentinels answered.</summary>
    public static QuorumStatus Of(ClusterFacts facts)
    {
        var (naming, quorum) = (facts.Naming, facts.Plan.Failover.Quorum);
        var able = facts.Sentinels.Count(s => s is { Reachable: true, Tilt: false });
        var abstaining = naming.Answering - able;
        var count = abstaining == 0 ? $"{able}" : $"{able} ({abstaining} more in TILT)";
        var lacking = able < naming.Majority ? $"a majority, {naming.Majority} of {facts.Sentinels.Count}, has to authorize it, and only {count} can"
            : able < quorum ? $"failover.quorum asks for {quorum} of {facts.Sentinels.Count} to call the master down, and only {count} can"
            : naming.Address is null ? "no majority names a master"
            : "";
        return new(facts.Sentinels.Count, naming.Answering, naming.Majority, quorum, naming.Epoch, lacking.Length == 0, lacking);
    }

    /// <summary>How many are needed, in a few words; two numbers only where they differ.</summary>
    [JsonIgnore]
    public string Needed => Quorum == Majority ? $"{Majority} must agree" : $"{Quorum} must call the master down (failover.quorum) and {Majority} authorize the failover (a majority)";
}
