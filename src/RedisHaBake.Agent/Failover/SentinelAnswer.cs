namespace RedisHaBake.Agent.Failover;

/// <summary>What a Sentinel said to SENTINEL FAILOVER.</summary>
/// <param name="Outcome">Whether it has begun.</param>
/// <param name="Reason">Why not, or why that is not known; empty where it has.</param>
public sealed record SentinelAnswer(AskedFor Outcome, string Reason)
{
    /// <summary>It has begun, or had begun already.</summary>
    public static SentinelAnswer Begun { get; } = new(AskedFor.Begun, "");
}
