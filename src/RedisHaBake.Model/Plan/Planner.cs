using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Model.Plan;

/// <summary>Turns a sound spec and its secrets into one plan per node.</summary>
public static class Planner
{
    /// <summary>The plans, in the spec's order.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="secrets">Its passwords.</param>
    /// <param name="known">Addresses of VMs that were created already, by node name, of nodes whose address the spec does not say.</param>
    /// <exception cref="KeyNotFoundException">A user has no password; the generator fills them in before.</exception>
    public static IReadOnlyList<NodePlan> Plan(ClusterSpec spec, ClusterSecrets secrets, IReadOnlyDictionary<string, string> known)
    {
        var nodes = spec.Nodes.Select(n => new PlannedNode(n.Name, n.Address, n.Roles)).ToList();
        var egress = spec.Via is { } via ? new EgressPlan(via, spec.Egress.Port) : EgressPlan.None;
        var users = spec.Users.Select(u => new UserPlan(u.Name, Sha256(secrets.Users[u.Name]), u.Rights, u.Sentinel)).ToList();
        return
        [
            .. nodes.Select(node => new NodePlan(
                NodePlan.SchemaFor(spec.IsLate, egress.Exists),
                spec.Name,
                spec.MasterName,
                node.Name,
                spec.Cidr,
                spec.Interface,
                spec.InitialMaster,
                nodes,
                Others(node, nodes, known),
                egress,
                spec.Addresses,
                new(spec.Engine.Kind, spec.Engine.Major),
                spec.Ports,
                spec.Failover,
                spec.Redis,
                spec.Proxy,
                spec.Kernel,
                spec.Firewall,
                users,
                secrets.Internal)),
        ];
    }

    // Never a node's own: its text stays as it is, whatever becomes known of it, and a VM that is made anew has another address.
    private static OrderedDictionary<string, string> Others(PlannedNode self, List<PlannedNode> nodes, IReadOnlyDictionary<string, string> known)
        => new(nodes.Where(n => n != self && n.Address == Words.Auto && known.ContainsKey(n.Name)).Select(n => KeyValuePair.Create(n.Name, known[n.Name])));

    private static string Sha256(string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
