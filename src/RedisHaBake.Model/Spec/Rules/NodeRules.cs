using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E201 to E208: names and addresses of the nodes.</summary>
internal static class NodeRules
{
    // As Debian's and Ubuntu's /etc/hosts have them.
    private static readonly string[] Loopback = ["localhost", "ip6-localhost", "ip6-loopback"];

    public static void Check(RuleContext context)
    {
        Network(context);
        var names = new Dictionary<string, int>();
        var addresses = new Dictionary<string, int>();
        for (var i = 0; i < context.Spec.Nodes.Count; i++)
        {
            var node = context.Spec.Nodes[i];
            if (Loopback.Contains(node.Name))
            {
                context.Add(
                    "E205",
                    RuleContext.Node(i, "name"),
                    $"{node.Name} is every machine's name for itself",
                    "a name that means this one VM",
                    "choose another, such as redis-a");
            }
            else if (node.Name.Length > 0 && !names.TryAdd(node.Name, i))
            {
                context.Add(
                    "E201",
                    RuleContext.Node(i, "name"),
                    $"two nodes are called {node.Name}",
                    $"a name of its own; nodes[{names[node.Name]}] has this one",
                    "rename one of the two");
            }

            if (node.Address.Length > 0)
                Address(context, i, node, addresses);
        }
    }

    private static void Network(RuleContext context)
    {
        var spec = context.Spec;
        if (context.Network is { } network && RuleContext.Special(network) is { } special)
        {
            context.Add(
                "E208",
                SpecPath.Of("cidr"),
                network.Contains(special.Network.BaseAddress) && network.PrefixLength < special.Network.PrefixLength
                    ? $"{spec.Cidr} holds {special.Network}, which is {special.Use}"
                    : $"{spec.Cidr} is {special.Use}",
                "the private network that the portal gave the VMs, such as 10.10.90.0/24, 172.16.0.0/16 or 192.168.1.0/24",
                "look the network up in the portal and correct `cidr`");
        }

        if (spec.Gateway != Words.None && context.Reserved(spec.Gateway, isGateway: true) is { } reason)
        {
            context.Add(
                "E206",
                SpecPath.Of("gateway"),
                $"the gateway {spec.Gateway} is {reason}",
                $"an address of {context.Range}",
                "write the private network's gateway, or remove the line");
        }

        if (spec.Interface == "lo")
        {
            context.Add(
                "E207",
                SpecPath.Of("interface"),
                "lo reaches no other machine",
                "the private network's interface, such as eth1",
                "write its name, or remove the line to find it by the node's address");
        }
    }

    private static void Address(RuleContext context, int i, NodeSpec node, Dictionary<string, int> addresses)
    {
        var path = RuleContext.Node(i, "address");
        if (node.Address == Words.Auto)
            return;
        if (!addresses.TryAdd(node.Address, i))
        {
            context.Add(
                "E202",
                path,
                $"two nodes have the address {node.Address}",
                $"an address of its own; {context.Called(context.Spec.Nodes[addresses[node.Address]])} has this one",
                "look both up in the portal and correct one");
        }

        if (context.Reserved(node.Address) is { } reason)
        {
            var outside = reason.StartsWith("outside", StringComparison.Ordinal);
            context.Add(
                outside ? "E203" : "E204",
                path,
                $"{node.Address} is {reason}",
                outside ? $"an address of {context.Range}" : $"another address of {context.Range}",
                outside ? $"correct the address of {context.Called(node)}, or `cidr` if the nodes' network is another" : $"choose another address for {context.Called(node)}");
        }
    }
}
