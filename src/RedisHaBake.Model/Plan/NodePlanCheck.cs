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

        RequireKnown(plan, network);
        RequireEgress(plan);
        RequireWords(plan);
        RequireNumbers(plan);
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

    private static void RequireNumbers(NodePlan plan)
    {
        var (ports, failover, proxy) = (plan.Ports, plan.Failover, plan.Proxy);
        foreach (var (member, port) in new[]
        {
            ("redis", ports.Redis), ("sentinel", ports.Sentinel), ("write", ports.Write), ("read", ports.Read), ("stats", ports.Stats), ("health", ports.Health), ("gate", ports.Gate),
        })
            Require(port is > 0 and <= 65535, $"ports.{member}", "1 to 65535");
        foreach (var (member, number) in new (string, long)[]
        {
            ("failover.downAfterMs", failover.DownAfterMs), ("failover.timeoutMs", failover.TimeoutMs), ("failover.parallelSyncs", failover.ParallelSyncs), ("failover.advertMs", failover.AdvertMs),
            ("proxy.connectTimeoutMs", proxy.ConnectTimeoutMs), ("proxy.clientTimeoutMs", proxy.ClientTimeoutMs), ("proxy.serverTimeoutMs", proxy.ServerTimeoutMs),
            ("proxy.maxConnections", proxy.MaxConnections), ("redis.backlogBytes", plan.Redis.BacklogBytes),
        })
            Require(number > 0, member, "a number above 0");
        foreach (var (member, number) in new (string, long)[]
        {
            ("failover.minReplicasToWrite", failover.MinReplicasToWrite), ("failover.minReplicasMaxLagS", failover.MinReplicasMaxLagS), ("redis.maxMemory", plan.Redis.MaxMemory),
        })
            Require(number >= 0, member, "0 or more");
    }

    private static void RequireKnown(NodePlan plan, IPNetwork network)
    {
        foreach (var (name, address) in plan.Known)
        {
            Require(
                plan.Nodes.Any(n => n.Name == name && n.Name != plan.Node && n.Address == Words.Auto), $"known.{name}", "the name of another node whose address is auto");
            Require(Inside(network, address), $"known.{name}", $"an address inside {plan.Cidr}");
        }
    }

    private static void RequireEgress(NodePlan plan)
    {
        Require(plan.HasEgress == plan.Egress.Exists && (!plan.HasEgress || plan.Nodes.Any(n => n.Name == plan.Egress.Via)), "egress.via", "a name that stands in nodes");
        Require(!plan.HasEgress || plan.Egress.Port is > 0 and <= 65535, "egress.port", "1 to 65535");
    }

    /// <summary>What stands unquoted in a rendered file must be one word of it: a line end or a space would be another setting.</summary>
    private static void RequireWords(NodePlan plan)
    {
        for (var i = 0; i < plan.Nodes.Count; i++)
            Require(IsLabel(plan.Nodes[i].Name), $"nodes[{i}].name", "a host name of lower-case letters, digits and hyphens");
        Require(IsWord(plan.Interface), "interface", "an interface's name, or auto");
        Require(plan.MasterName.Length > 0 && !plan.MasterName.Any(char.IsControl), "masterName", "a name without control characters");
        Require(
            plan.Proxy.StatsUser.Length > 0 && !plan.Proxy.StatsUser.Any(c => char.IsControl(c) || c == ':'),
            "proxy.statsUser",
            "a name without colons and control characters");
        for (var i = 0; i < plan.Users.Count; i++)
        {
            var user = plan.Users[i];
            Require(IsWord(user.Name), $"users[{i}].name", "a name without spaces and control characters");
            Require(user.PasswordSha256.Length == 64 && user.PasswordSha256.All(char.IsAsciiHexDigitLower), $"users[{i}].passwordSha256", "64 lower-case hex digits");
            Require(!user.Rights.Any(char.IsControl), $"users[{i}].rights", "rights without control characters");
        }

        for (var i = 0; i < plan.Firewall.Clients.Count; i++)
            Require(IsAddressOrNetwork(plan.Firewall.Clients[i]), $"firewall.clients[{i}]", "an IPv4 address or network");
        foreach (var (key, value) in plan.Kernel.Sysctl)
            Require(IsWord(key) && !value.Any(char.IsControl), "kernel.sysctl", "keys and values of one line each");
        Require(plan.Redis.Save.All(c => char.IsAsciiDigit(c) || c == ' '), "redis.save", "seconds and changes as whole numbers, or nothing");
    }

    private static bool IsLabel(string text)
        => text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsWord(string text) => text.Length > 0 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private static bool IsAddressOrNetwork(string text)
        => (IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && ip.ToString() == text)
            || (IPNetwork.TryParse(text, out var network) && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork && network.ToString() == text);

    private static bool Inside(IPNetwork network, string address)
        => IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && network.Contains(ip);

    private static void Require(bool holds, string member, string expected)
    {
        if (!holds)
            throw new NodePlanException($"the plan's \"{member}\" is wrong; expected {expected}; generate the user-data again");
    }
}
