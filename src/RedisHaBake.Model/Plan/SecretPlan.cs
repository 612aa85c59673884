namespace RedisHaBake.Model.Plan;

/// <summary>
/// The cluster's internal passwords, each generated, [A-Za-z0-9], 32 long (Sentinel rewrites auth-pass unquoted and then refuses
/// to restart on a space or a quote). Never print or log one.
/// </summary>
/// <param name="Replication">Replica to master.</param>
/// <param name="SentinelToRedis">Sentinel to Redis.</param>
/// <param name="SentinelToSentinel">Sentinel to Sentinel.</param>
/// <param name="HealthCheck">HAProxy's checks, on Redis and on Sentinel.</param>
/// <param name="Agent">The agents, on Redis and on Sentinel.</param>
/// <param name="Stats">HAProxy's stats page; stands in haproxy.cfg, 0640.</param>
/// <param name="ClusterId">Not a password: makes Sentinel's ids and VRRP's router ids unique per cluster; 32 characters.</param>
public sealed record SecretPlan(
    string Replication,
    string SentinelToRedis,
    string SentinelToSentinel,
    string HealthCheck,
    string Agent,
    string Stats,
    string ClusterId)
{
    /// <summary>Says only that there are secrets, so that a plan can be put into a message without giving one away.</summary>
    public override string ToString() => "SecretPlan { hidden }";
}
