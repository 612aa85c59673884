using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli;

/// <summary>What stands in a text that is only shown or read, in place of what no text but the VM's own may have.</summary>
internal static class StandIn
{
    /// <summary>The plan without its passwords.</summary>
    public static NodePlan WithoutSecrets(NodePlan plan) => plan with
    {
        Secrets = new("hidden", "hidden", "hidden", "hidden", "hidden", "hidden", plan.Secrets.ClusterId),
        Users = [.. plan.Users.Select(u => u with { PasswordSha256 = new string('0', 64) })],
    };

    /// <summary>What only the machine knows, taken from the spec.</summary>
    public static HostFacts Host(NodePlan plan, ClusterSpec spec)
    {
        var shipped = Shipped(plan, spec);
        var engine = shipped.Major == plan.Engine.Major ? shipped : new Version(plan.Engine.Major, 0, 0);
        return new(plan.Self.Address, plan.Interface == Words.Auto ? "eth0" : plan.Interface, engine, spec.Os.Haproxy, LifeMark: RedisConf.Blank);
    }

    /// <summary>The engine's version in the distribution's own archive.</summary>
    public static Version Shipped(NodePlan plan, ClusterSpec spec) => plan.Engine.Kind == EngineKind.Redis ? spec.Os.Redis : spec.Os.Valkey;
}
