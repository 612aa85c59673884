using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>apt's way out on a node without internet, for packages and for the agent's download, which apt makes too.</summary>
public static class AptProxy
{
    /// <summary>Where apt reads it.</summary>
    public const string Path = "/etc/apt/apt.conf.d/90redishabake-egress";

    /// <summary>Its file where <paramref name="plan"/>'s node goes through another whose address is known.</summary>
    public static IReadOnlyList<ManagedFile> Files(NodePlan plan)
        => Via(plan) is { } via && via.Address != Words.Auto ? [File(plan, via.Address)] : [];

    /// <summary>Its file with <paramref name="address"/> for the node that lets this one out.</summary>
    public static ManagedFile File(NodePlan plan, string address) => new(
        Path,
        new ConfigText()
            .Line(ConfigText.Header("//"))
            .Line($"Acquire::http::Proxy \"http://{address}:{plan.Egress.Port}\";")
            .Line($"Acquire::https::Proxy \"http://{address}:{plan.Egress.Port}\";")
            .ToString());

    /// <summary>The node through which <paramref name="plan"/>'s own goes out; null where it needs none.</summary>
    public static PlannedNode? Via(NodePlan plan)
        => plan.Egress.Exists && plan.Egress.Via != plan.Node ? plan.Nodes.First(n => n.Name == plan.Egress.Via) : null;
}
