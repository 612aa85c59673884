using System.Net;
using System.Net.Sockets;

namespace RedisHaBake.Model.Plan;

/// <summary>The relations inside a plan that its types cannot say.</summary>
internal static class NodePlanCheck
{
    public static void Throw(NodePlan plan)
    {
        Require(plan.Nodes.Count > 0, "nodes", "at least one node");
        Require(plan.Nodes.Select(n => n.Name).Distinct().Count() == plan.Nodes.Count, "nodes", "each name once");
        Require(plan.Nodes.Any(n => n.Name == plan.Node), "node", "a name that stands in nodes");
        Require(plan.DataNodes.Any(n => n.Name == plan.InitialMaster), "initialMaster", "a node with the role redis");
        Require(IPNetwork.TryParse(plan.Cidr, out var network), "cidr", "a network such as 10.10.90.0/24");
        for (var i = 0; i < plan.Nodes.Count; i++)
        {
            var node = plan.Nodes[i];
            Require(node.Roles.Count > 0 && node.Roles.Distinct().Count() == node.Roles.Count, $"nodes[{i}].roles", "one or more roles, each once");
            Require(node.Address == Words.Auto || Inside(network, node.Address), $"nodes[{i}].address", $"an address inside {plan.Cidr}, or auto");
        }

        Require(!plan.Addresses.HasWrite || Inside(network, plan.Addresses.Write), "addresses.write", $"an address inside {plan.Cidr}, or none");
        Require(!plan.Addresses.HasRead || Inside(network, plan.Addresses.Read), "addresses.read", $"an address inside {plan.Cidr}, or none");
        Require(
            plan.Addresses.Mode != AddressMode.Pinned || plan.ProxyNodes.Any(n => n.Name == plan.Addresses.PinnedTo),
            "addresses.pinnedTo",
            "a node with the role haproxy");
        Require(
            plan.Failover.Quorum >= plan.SentinelMajority && plan.Failover.Quorum <= plan.SentinelNodes.Count,
            "failover.quorum",
            "a majority of the Sentinels");
        Require(
            plan.Failover.MinReplicasMaxLagS * 1000 <= plan.Failover.DownAfterMs,
            "failover.minReplicasMaxLagS",
            "at most down-after, else two masters can overlap");
    }

    private static bool Inside(IPNetwork network, string address)
        => IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && network.Contains(ip);

    private static void Require(bool holds, string member, string expected)
    {
        if (!holds)
            throw new NodePlanException($"the plan's \"{member}\" is wrong; expected {expected}; generate the user-data again");
    }
}
