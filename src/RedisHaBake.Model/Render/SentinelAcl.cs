using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>Who may ask a Sentinel what: Sentinel's aclfile. Passwords stand in it as SHA-256 only.</summary>
public static class SentinelAcl
{
    /// <summary>The text.</summary>
    public static string Render(NodePlan plan, HostFacts host) => AclText.Render(
        AclText.Nobody,
        plan.Users.Where(u => u.Sentinel).Select(u => (u.Name, u.PasswordSha256, Client(plan, host))),
        [
            (InternalUsers.Sentinel, Sha256Hex.Of(plan.Secrets.SentinelToSentinel),
                "&* -@all +ping +auth +hello +publish +subscribe +client|setname +sentinel|is-master-down-by-addr"),
            (InternalUsers.HealthCheck, Sha256Hex.Of(plan.Secrets.HealthCheck), "-@all +ping +sentinel|get-master-addr-by-name"),
            (InternalUsers.Agent, Sha256Hex.Of(plan.Secrets.Agent),
                "&* -@all +ping +info +role +sentinel +subscribe +psubscribe +unsubscribe +punsubscribe +client|setname"
                + (plan.IsLate ? " +client|list" : "") + " +acl|load +acl|list +acl|log"),
            .. AclText.Meeting(plan),
        ]);

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(NodePlan plan, HostFacts host)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        return new(layout.SentinelAcl, Render(plan, host), "0640", layout.User);
    }

    // What client libraries send to find the master by its name and to hear of a new one.
    private static string Client(NodePlan plan, HostFacts host)
        => "&* -@all +auth +hello +ping +info +role +command +client|getname +client|id +client|setname"
            + (plan.Engine.Kind == EngineKind.Valkey || host.EngineVersion >= new Version(7, 2) ? " +client|setinfo" : "")
            + " +subscribe +psubscribe +unsubscribe +punsubscribe +sentinel|get-master-addr-by-name +sentinel|master +sentinel|masters"
            + " +sentinel|replicas +sentinel|slaves +sentinel|sentinels +sentinel|myid";
}
