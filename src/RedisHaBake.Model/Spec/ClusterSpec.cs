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
    string SecretsFile);
