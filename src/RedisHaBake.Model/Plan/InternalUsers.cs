namespace RedisHaBake.Model.Plan;

/// <summary>The names of the ACL users that the cluster's own programs log in with.</summary>
public static class InternalUsers
{
    /// <summary>Replica to master.</summary>
    public const string Replication = "redishabake-replica";

    /// <summary>Sentinel, on Redis and on the other Sentinels.</summary>
    public const string Sentinel = "redishabake-sentinel";

    /// <summary>HAProxy's health checks, on Redis and on Sentinel.</summary>
    public const string HealthCheck = "redishabake-check";

    /// <summary>The agents, on Redis and on Sentinel.</summary>
    public const string Agent = "redishabake-agent";

    /// <summary>Agents that do not know each other yet; see <see cref="MeetingPlace"/>.</summary>
    public const string Meeting = "redishabake-meet";
}
