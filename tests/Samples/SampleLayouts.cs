using RedisHaBake.Model.Plan;

namespace RedisHaBake.Samples;

/// <summary>The shapes of cluster that the rendered texts must serve, each made from <see cref="SamplePlan.Tutorial"/>.</summary>
public static class SampleLayouts
{
    public static NodePlan ThreeAllInOne(string node = "redis-a") => SamplePlan.Tutorial(node);

    public static NodePlan TwoDataAndWitness(string node = "redis-a")
    {
        var plan = With(node,
            ("redis-a", SamplePlan.AllRoles), ("redis-b", SamplePlan.AllRoles), ("witness", [NodeRole.Sentinel]));
        return plan with { Failover = plan.Failover with { MinReplicasToWrite = 0 } };
    }

    public static NodePlan SeparateProxies(string node = "redis-a") => With(node,
        ("redis-a", [NodeRole.Redis, NodeRole.Sentinel]),
        ("redis-b", [NodeRole.Redis, NodeRole.Sentinel]),
        ("redis-c", [NodeRole.Redis, NodeRole.Sentinel]),
        ("proxy-a", [NodeRole.Haproxy]),
        ("proxy-b", [NodeRole.Haproxy]));

    public static NodePlan FiveData(string node = "redis-a")
    {
        var plan = With(node, [.. "abcde".Select(c => ($"redis-{c}", SamplePlan.AllRoles))]);
        return plan with { Failover = plan.Failover with { Quorum = 3 } };
    }

    public static NodePlan Pinned(string node = "redis-a") => SamplePlan.Tutorial(node) with
    {
        Addresses = new(AddressMode.Pinned, "10.10.90.92", "10.10.90.50", "redis-a"),
    };

    public static NodePlan Noisy(string node = "redis-a")
    {
        var plan = SamplePlan.Tutorial(node);
        return plan with { Failover = plan.Failover with { DownAfterMs = 5000, MinReplicasMaxLagS = 3, AdvertMs = 1000 } };
    }

    private static NodePlan With(string node, params (string Name, IReadOnlyList<NodeRole> Roles)[] nodes)
        => SamplePlan.Tutorial() with
        {
            Node = node,
            Nodes = [.. nodes.Select((n, i) => new PlannedNode(n.Name, $"10.10.90.{11 + i}", n.Roles))],
        };
}
