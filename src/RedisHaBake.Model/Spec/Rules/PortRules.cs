using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E240 to E249: ports on one node.</summary>
internal static class PortRules
{
    private const int Ssh = 22;
    private const int FirstUnprivileged = 1024; // ip(7), ip_unprivileged_port_start

    public static void Check(RuleContext context)
    {
        if (!context.RolesAreSound)
            return;
        var said = new HashSet<string>();
        foreach (var node in context.Spec.Nodes)
        {
            var taken = new Dictionary<int, string> { [Ssh] = "sshd" };
            foreach (var (key, port) in Ports(context, node).OrderBy(p => context.Written(SpecPath.Of("ports." + p.Key))))
            {
                if (taken.TryAdd(port, key) || !said.Add(key))
                    continue;
                context.Add(
                    "E240",
                    SpecPath.Of("ports." + key),
                    $"port {port} is wanted twice on {context.Called(node)}: as ports.{key} and by {User(context, port == Ssh ? "sshd" : taken[port])}",
                    "a port of its own",
                    $"choose another for `ports.{key}`, or leave the line out");
            }
        }

        foreach (var (key, port) in new[] { ("redis", context.Spec.Ports.Redis), ("sentinel", context.Spec.Ports.Sentinel) }.Where(p => p.Item2 < FirstUnprivileged && p.Item2 != Ssh))
        {
            context.Add(
                "E242",
                SpecPath.Of("ports." + key),
                $"port {port} is for root alone, and {(key == "redis" ? "the server" : "Sentinel")} runs as a user of its own",
                $"{FirstUnprivileged} to 65535",
                "leave the line out for the usual port");
        }

        var gates = Gates(context);
        if (context.Spec.Ports.Gate + gates - 1 > 65535)
        {
            context.Add(
                "E241",
                SpecPath.Of("ports.gate"),
                $"{gates} gates from port {context.Spec.Ports.Gate} on do not fit below 65536",
                $"at most {65536 - gates}",
                "leave the line out for 9101");
        }
    }

    /// <summary>The ports of <paramref name="node"/> with the words for who has them.</summary>
    public static IEnumerable<(string User, int Port)> Taken(RuleContext context, NodeSpec node)
        => Ports(context, node).Select(p => (User(context, p.Key), p.Port)).Prepend(("sshd", Ssh)).Concat(node.Name == context.Spec.Via ? [(EgressRules.PortKey, context.Spec.Egress.Port)] : []);

    private static IEnumerable<(string Key, int Port)> Ports(RuleContext context, NodeSpec node)
    {
        var ports = context.Spec.Ports;
        if (node.Roles.Contains(NodeRole.Redis))
            yield return ("redis", ports.Redis);
        if (node.Roles.Contains(NodeRole.Sentinel))
            yield return ("sentinel", ports.Sentinel);
        if (!node.Roles.Contains(NodeRole.Haproxy))
            yield break;
        yield return ("write", ports.Write);
        yield return ("read", ports.Read);
        yield return ("stats", ports.Stats);
        yield return ("health", ports.Health);
        for (var i = 0; i < Gates(context); i++)
            yield return ("gate", ports.Gate + i);
    }

    private static string User(RuleContext context, string key) => key switch
    {
        "sshd" => key,
        "gate" => $"ports.gate, which takes {context.Spec.Ports.Gate} to {context.Spec.Ports.Gate + Gates(context) - 1}",
        _ => "ports." + key,
    };

    // One per data node, and one more where keepalived asks for its verdict.
    private static int Gates(RuleContext context)
        => context.With(NodeRole.Redis).Count + (context.Spec.Addresses.Mode == AddressMode.Floating ? 1 : 0);
}
