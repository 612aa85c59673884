using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>The nodes whose address is known on this machine: the plan's, with this node's own filled in. Nodes still unknown are left out.</summary>
internal static class Peers
{
    public static IReadOnlyList<PlannedNode> Known(NodePlan plan, HostFacts host)
        => [.. plan.Nodes
            .Select(n => n.Name == plan.Node ? n with { Address = host.Address } : n)
            .Where(n => n.Address != Words.Auto)];

    public static IReadOnlyList<PlannedNode> Known(NodePlan plan, HostFacts host, NodeRole role)
        => [.. Known(plan, host).Where(n => n.Has(role))];

    public static IReadOnlyList<PlannedNode> Others(NodePlan plan, HostFacts host, NodeRole role)
        => [.. Known(plan, host, role).Where(n => n.Name != plan.Node)];
}
