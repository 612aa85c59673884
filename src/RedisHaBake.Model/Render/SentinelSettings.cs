using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>What every Sentinel is told about the master besides its address.</summary>
public static class SentinelSettings
{
    /// <summary>The SENTINEL SET pairs, in the order in which to send them: credentials first, so that the first INFO already works.</summary>
    public static IReadOnlyList<SentinelSetting> For(NodePlan plan) =>
    [
        new("auth-user", InternalUsers.Sentinel),
        new("auth-pass", plan.Secrets.SentinelToRedis),
        new("quorum", $"{plan.Failover.Quorum}"),
        new("down-after-milliseconds", $"{plan.Failover.DownAfterMs}"),
        new("failover-timeout", $"{plan.Failover.TimeoutMs}"),
        new("parallel-syncs", $"{plan.Failover.ParallelSyncs}"),

        // A master that crashed and loads for minutes answers -LOADING, which counts as alive without this (7.0+).
        new("master-reboot-down-after-period", $"{plan.Failover.DownAfterMs}"),
    ];
}
