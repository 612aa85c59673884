using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>
/// The contract between generator and agent: all that one VM needs to know, as small typed JSON inside its user-data.
/// Members are never null and never missing; an absence is a word (<see cref="Words"/>) or an empty list, so that the strict
/// reader can call everything else an error. Old versions keep parsing for ever (fixtures in the Model tests).
/// </summary>
/// <param name="Schema">The contract's version: the lowest that has what the plan says, so that an agent which cannot do it refuses it.</param>
/// <param name="Cluster">The cluster's name from the spec: a host-name label.</param>
/// <param name="MasterName">The name under which Sentinel monitors the master; unique per cluster, so that Sentinels of two clusters never mix.</param>
/// <param name="Node">The name of the node that this plan is for; one of <paramref name="Nodes"/>.</param>
/// <param name="Cidr">The private network, such as 10.10.90.0/24.</param>
/// <param name="Interface">The network interface by name, or <see cref="Words.Auto"/>: the one that carries the node's address.</param>
/// <param name="InitialMaster">The data node that bootstraps a blank cluster.</param>
/// <param name="Nodes">Every node of the cluster, this one included, in the spec's order.</param>
/// <param name="Known">
/// Where to look for the other nodes first: addresses by node name that the portal had shown when the text was made. A hint and never a member's
/// address: that is learned from the node itself. Not part of schema 1.
/// </param>
/// <param name="Egress">Through which node the others install. Not part of schemas 1 and 2.</param>
/// <param name="Addresses">The two moving addresses.</param>
/// <param name="Engine">Which Redis.</param>
/// <param name="Ports">Every port that a node listens on.</param>
/// <param name="Failover">Sentinel's and the fences' numbers.</param>
/// <param name="Redis">Settings of the data nodes.</param>
/// <param name="Proxy">Settings of HAProxy.</param>
/// <param name="Kernel">Kernel settings.</param>
/// <param name="Firewall">Who may reach the node.</param>
/// <param name="Users">The people's and applications' users.</param>
/// <param name="Secrets">The internal passwords.</param>
public sealed record NodePlan(
    int Schema,
    string Cluster,
    string MasterName,
    string Node,
    string Cidr,
    string Interface,
    string InitialMaster,
    IReadOnlyList<PlannedNode> Nodes,
    IReadOnlyDictionary<string, string> Known,
    EgressPlan Egress,
    AddressPlan Addresses,
    EnginePlan Engine,
    PortPlan Ports,
    FailoverPlan Failover,
    RedisPlan Redis,
    ProxyPlan Proxy,
    KernelPlan Kernel,
    FirewallPlan Firewall,
    IReadOnlyList<UserPlan> Users,
    SecretPlan Secrets)
{
    /// <summary>The contract version of a plan that knows every address.</summary>
    public const int CurrentSchema = 1;

    /// <summary>
    /// The contract version of a plan whose addresses come later: nodes whose address is <see cref="Words.Auto"/> are learned, `known` says from
    /// whom, and the two extra addresses may be given on the living cluster. A number of its own, so that an agent that cannot learn refuses it.
    /// </summary>
    public const int LateSchema = 2;

    /// <summary>The contract version of a plan that knows every address, in a cluster whose nodes install through one of them.</summary>
    public const int EgressSchema = 3;

    /// <summary>Both: addresses come later, and nodes install through one of them.</summary>
    public const int LateEgressSchema = 4;

    /// <summary>The newest contract version.</summary>
    public const int NewestSchema = LateEgressSchema;

    /// <summary>Whether addresses come after the text was pasted, so that this node meets the others and learns.</summary>
    [JsonIgnore]
    public bool IsLate => Schema is LateSchema or LateEgressSchema;

    /// <summary>Whether nodes install through another.</summary>
    [JsonIgnore]
    public bool HasEgress => Schema is EgressSchema or LateEgressSchema;

    /// <summary>The schema of a plan with these abilities.</summary>
    public static int SchemaFor(bool late, bool egress) => (late, egress) switch
    {
        (false, false) => CurrentSchema,
        (true, false) => LateSchema,
        (false, true) => EgressSchema,
        _ => LateEgressSchema,
    };

    /// <summary>Whether clients may get a write address later, and have none yet.</summary>
    [JsonIgnore]
    public bool LacksWrite => IsLate && Addresses.Mode != AddressMode.None && !Addresses.HasWrite;

    /// <summary>This node's own entry in <see cref="Nodes"/>.</summary>
    [JsonIgnore]
    public PlannedNode Self => Nodes.First(n => n.Name == Node);

    /// <summary>Every node that holds data, in the spec's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlannedNode> DataNodes => [.. Nodes.Where(n => n.Has(NodeRole.Redis))];

    /// <summary>Every node that runs a Sentinel, in the spec's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlannedNode> SentinelNodes => [.. Nodes.Where(n => n.Has(NodeRole.Sentinel))];

    /// <summary>Every node that runs HAProxy, in the spec's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlannedNode> ProxyNodes => [.. Nodes.Where(n => n.Has(NodeRole.Haproxy))];

    /// <summary>How many Sentinels are more than half of the configured ones.</summary>
    [JsonIgnore]
    public int SentinelMajority => (SentinelNodes.Count / 2) + 1;
}
