using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>Who may do what on Redis: the data nodes' aclfile. Passwords stand in it as SHA-256 only.</summary>
public static class UsersAcl
{
    /// <summary>
    /// The text. Redis 7 and 8, and Valkey up to 9, check the rights of the user default again at each EXEC of the append-only file that they load, and
    /// every script and function with two writes stands there as a transaction: what that user may not do is gone after the next start, though it
    /// was acknowledged and on the disk (redis/redis#14541, valkey-io/valkey#3983).
    /// </summary>
    public static string Render(NodePlan plan, HostFacts host) => AclText.Render(
        AclText.NobodyReplays,
        plan.Users.Select(u => (u.Name, u.PasswordSha256, u.Rights)),
        [
            // Redis's documentation, "Replication user".
            (InternalUsers.Replication, Sha256Hex.Of(plan.Secrets.Replication), "-@all +psync +replconf +ping"),
            (InternalUsers.Sentinel, Sha256Hex.Of(plan.Secrets.SentinelToRedis), Sentinel(plan, host)),
            (InternalUsers.HealthCheck, Sha256Hex.Of(plan.Secrets.HealthCheck), "-@all +ping +info"),
            (InternalUsers.Agent, Sha256Hex.Of(plan.Secrets.Agent), Agent),
            .. AclText.Meeting(plan),
        ]);

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(NodePlan plan, HostFacts host)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        return new(layout.ServerAcl, Render(plan, host), "0640", layout.User);
    }

    // Keys: the verification's own only. Channels: Sentinel's hello messages carry a Sentinel's current epoch.
    private const string Agent =
        "~redishabake:verify:* &__sentinel__:hello -@all +ping +info +role +replicaof +slaveof +dbsize +wait +set +get +del +subscribe +unsubscribe"
        + " +config|get +config|set +client|setname +client|id +client|list +client|kill +client|pause +client|unpause +acl|load +acl|list +acl|log";

    // Redis's documentation, "Redis Sentinel authentication"; COORDINATED failovers of Valkey 9 use FAILOVER.
    private static string Sentinel(NodePlan plan, HostFacts host)
        => "&* -@all +multi +slaveof +replicaof +ping +exec +subscribe +config|rewrite +role +publish +info +client|setname +client|kill +script|kill"
            + (plan.Engine.Kind == EngineKind.Valkey && host.EngineVersion.Major >= 9 ? " +failover" : "");
}
