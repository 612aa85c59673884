using RedisHaBake.Agent.Cluster;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Join;

/// <summary>Facts about the tutorial's three nodes, as short as the sentences of the rules.</summary>
internal sealed class Facts
{
    private const string A = "10.10.90.37";
    private readonly Dictionary<string, DataNodeView> _nodes = [];
    private readonly Dictionary<string, SentinelView> _sentinels = [];
    private readonly string _self;

    public Facts(string self = "redis-a")
    {
        _self = self;
        foreach (var node in SamplePlan.Tutorial().Nodes)
        {
            _nodes[node.Name] = new(node.Name, node.Address, Reachable: true, MasterAddress: DataNodeView.Nobody, Life: Life.Blank);
            _sentinels[node.Name] = new(node.Name, Reachable: true, MyId: node.Name);
        }
    }

    public Life OwnLife { get; set; } = Life.Blank;

    public static string AddressOf(string node) => SamplePlan.Tutorial().Nodes.First(n => n.Name == node).Address;

    public Facts Node(string name, Func<DataNodeView, DataNodeView> change)
    {
        _nodes[name] = change(_nodes[name]);
        return this;
    }

    public Facts Down(string name, double goneForSeconds = 0)
        => Node(name, n => new(n.Node, n.Address, Reachable: false, GoneFor: TimeSpan.FromSeconds(goneForSeconds)));

    public Facts Master(string name) => Node(name, n => n with { IsMaster = true, MasterAddress = "", Life = Life.Member });

    public Facts Replica(string name, string of, int priority = 100)
        => Node(name, n => n with { IsMaster = false, MasterAddress = AddressOf(of), LinkUp = true, Priority = priority, Life = Life.Member, HasKeys = true });

    /// <summary>A new process with data: a replica of nobody, unfit.</summary>
    public Facts Restarted(string name) => Node(name, n => new(n.Node, n.Address, true, MasterAddress: DataNodeView.Nobody, HasKeys: true, Life: Life.Member));

    public Facts Names(string master, long epoch, params string[] sentinels)
    {
        foreach (var name in sentinels.Length == 0 ? [.. _sentinels.Keys] : sentinels)
            _sentinels[name] = _sentinels[name] with { Names = new(AddressOf(master), 6379, epoch, false, false) };
        return this;
    }

    public Facts SentinelDown(params string[] names)
    {
        foreach (var name in names)
            _sentinels[name] = new(name, Reachable: false);
        return this;
    }

    public Facts Lists(string sentinel, string replica, Func<ListedReplica, ListedReplica>? change = null)
    {
        var listed = new ListedReplica(AddressOf(replica), 100, false, true, TimeSpan.Zero, TimeSpan.Zero);
        var was = _sentinels[sentinel];
        _sentinels[sentinel] = new(was.Node, true, was.MyId, was.Tilt, was.Names, [.. was.Replicas, change?.Invoke(listed) ?? listed]);
        return this;
    }

    public IReadOnlyList<string> Absent { get; init; } = [];

    public ClusterFacts Make() => new(SamplePlan.Tutorial(_self), [.. _sentinels.Values], [.. _nodes.Values], OwnLife) { Absent = Absent };

    public static string Address => A;
}
