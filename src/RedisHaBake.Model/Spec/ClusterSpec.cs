using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Spec;

/// <summary>The operator's cluster.yaml in typed form, every default filled in and every rule checked.</summary>
/// <param name="Name">The cluster's name: a host-name label.</param>
/// <param name="Cidr">The private network.</param>
/// <param name="Interface">Interface name or <see cref="Words.Auto"/>.</param>
/// <param name="Gateway">The network's gateway, or <see cref="Words.None"/>.</param>
/// <param name="Os">The nodes' operating system.</param>
/// <param name="Provider">Where the VMs run, for its limit on user-data.</param>
/// <param name="Engine">Which server, from where.</param>
/// <param name="Nodes">The nodes, in the file's order.</param>
/// <param name="InitialMaster">The data node that bootstraps.</param>
/// <param name="Addresses">The write and the read address.</param>
/// <param name="Ports">Ports.</param>
/// <param name="MasterName">Sentinel's name for the master.</param>
/// <param name="Failover">The failover profile's numbers.</param>
/// <param name="Redis">Redis settings.</param>
/// <param name="Proxy">HAProxy settings.</param>
/// <param name="Kernel">Kernel settings.</param>
/// <param name="Firewall">Who may reach the nodes.</param>
/// <param name="Users">The application's and people's users.</param>
/// <param name="Agent">Where the agent comes from.</param>
/// <param name="Egress">How VMs without internet of their own install.</param>
/// <param name="SecretsFile">The secrets file's path as the spec says it; empty for the one beside the spec.</param>
public sealed record ClusterSpec(
    string Name,
    string Cidr,
    string Interface,
    string Gateway,
    OperatingSystem Os,
    Provider Provider,
    EngineSpec Engine,
    IReadOnlyList<NodeSpec> Nodes,
    string InitialMaster,
    AddressPlan Addresses,
    PortPlan Ports,
    string MasterName,
    FailoverPlan Failover,
    RedisPlan Redis,
    ProxyPlan Proxy,
    KernelPlan Kernel,
    FirewallPlan Firewall,
    IReadOnlyList<UserSpec> Users,
    AgentSpec Agent,
    EgressSpec Egress,
    string SecretsFile)
{
    /// <summary>Whether addresses come after the texts were pasted: a node's that others have to reach, or the two extra ones.</summary>
    public bool IsLate => HasLateNode(Nodes, Firewall.Enabled) || (Addresses.Mode != AddressMode.None && !Addresses.HasWrite && !Addresses.HasRead);

    /// <summary>The node through which the others install; null where each VM gets there by itself or nothing is installed.</summary>
    public string? Via => Agent.Baked ? null : Egress.Via;

    /// <summary>
    /// Whether an address among <paramref name="nodes"/> is one that others have to learn. Data nodes and Sentinels are asked by all, proxies by
    /// each other, and a firewall lets in by address; nobody has to reach a lone proxy, which just finds its own.
    /// </summary>
    /// <param name="nodes">The spec's nodes.</param>
    /// <param name="firewall">Whether the firewall is on.</param>
    internal static bool HasLateNode(IReadOnlyList<NodeSpec> nodes, bool firewall)
        => nodes.Any(n => n.Address == Words.Auto && (firewall || n.Roles is not [NodeRole.Haproxy] || nodes.Count(o => o.Roles.Contains(NodeRole.Haproxy)) > 1));
}
