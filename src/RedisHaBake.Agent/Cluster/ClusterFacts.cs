using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Cluster;

/// <summary>What the whole cluster answered at one moment: all that a decision may rest on.</summary>
/// <param name="Plan">The plan of this node.</param>
/// <param name="Sentinels">Every configured Sentinel, reached or not.</param>
/// <param name="DataNodes">Every data node, this one included, reached or not.</param>
/// <param name="OwnLife">What this node's own disk says, which needs no running Redis.</param>
public sealed record ClusterFacts(
    NodePlan Plan,
    IReadOnlyList<SentinelView> Sentinels,
    IReadOnlyList<DataNodeView> DataNodes,
    Life OwnLife)
{
    /// <summary>The data nodes that a person said not to wait for at the first boot.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>For how long <see cref="IsSpreading"/> has been so; zero in a first look.</summary>
    public TimeSpan SpreadingFor { get; init; }

    /// <summary>What the Sentinels together say.</summary>
    public Naming Naming { get; } = Naming.Of(Sentinels, Plan.SentinelMajority);

    /// <summary>This node's own Redis.</summary>
    public DataNodeView Own => DataNodes.First(n => n.Node == Plan.Node);

    /// <summary>The other data nodes.</summary>
    public IEnumerable<DataNodeView> Others => DataNodes.Where(n => n.Node != Plan.Node);

    /// <summary>The data nodes whose word a bootstrap needs: all but those that are absent indeed.</summary>
    public IEnumerable<DataNodeView> Awaited => DataNodes.Where(n => n.Reachable || !Absent.Contains(n.Node));

    /// <summary>This node's own Sentinel, or null where it has none.</summary>
    public SentinelView? OwnSentinel => Sentinels.FirstOrDefault(s => s.Node == Plan.Node);

    /// <summary>The data node that is named, or null.</summary>
    public DataNodeView? Named => Naming.Address is { } address ? DataNodes.FirstOrDefault(n => n.Address == address) : null;

    /// <summary>A failover seems to be half done: Sentinels that know different masters, or a master that is not the named one.</summary>
    public bool IsSpreading => Naming is { HasMajority: true, Address: null } && Naming.Knowing >= Naming.Majority
        || Named is { IsMaster: false } && DataNodes.Any(n => n.IsMaster);

    /// <summary>The name of the node that has <paramref name="address"/>; the address itself where no node of the plan has it.</summary>
    public string NameOf(string address) => Plan.Nodes.FirstOrDefault(n => n.Address == address)?.Name ?? address;

    /// <summary>Whether any Sentinel is failing over or about to: theirs goes first.</summary>
    public bool SentinelsAct => Sentinels.Any(s => s.Names is { } n && (n.ObjectivelyDown || n.FailoverInProgress));
}
