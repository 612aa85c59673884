using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Model.Plan;

/// <summary>Turns a sound spec and its secrets into one plan per node.</summary>
public static class Planner
{
    /// <summary>The plans, in the spec's order.</summary>
    /// <exception cref="KeyNotFoundException">A user has no password; the generator fills them in before.</exception>
    public static IReadOnlyList<NodePlan> Plan(ClusterSpec spec, ClusterSecrets secrets)
    {
        var nodes = spec.Nodes.Select(n => new PlannedNode(n.Name, n.Address, n.Roles)).ToList();
        var users = spec.Users.Select(u => new UserPlan(u.Name, Sha256(secrets.Users[u.Name]), u.Rights, u.Sentinel)).ToList();
        return
        [
            .. nodes.Select(node => new NodePlan(
                NodePlan.CurrentSchema,
                spec.Name,
                spec.MasterName,
                node.Name,
                spec.Cidr,
                spec.Interface,
                spec.InitialMaster,
                nodes,
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

    private static string Sha256(string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
