using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Agent.Tests.Real;
using RedisHaBake.Agent.Watch;
using RedisHaBake.Model.Plan;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Replay;

/// <summary>
/// Three machines whose Redises and Sentinels remember and answer as real ones do, and whose agents are the real ones: their join, their
/// commands, their disks. Every agent can be killed at any command that it sends.
/// </summary>
internal sealed class FakeCluster : IDisposable
{
    // 6379 and 26379 on addresses that no other cluster has, in this process and in those beside it.
    private static int _last = Random.Shared.Next(10_000);
    private readonly Lock _lock = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-cluster-").FullName;
    private readonly List<Wire> _wires = [];
    private readonly TimeProvider _clock;
    private readonly long _start;
    private CancellationTokenSource? _killed;
    private int _killAt = int.MaxValue;
    private bool _answered;

    /// <param name="clock">The agents' time; null for one that runs fifty times as fast.</param>
    public FakeCluster(TimeProvider? clock = null)
    {
        _clock = clock ?? new FastClock();
        _start = _clock.GetTimestamp();
        var sample = SamplePlan.Tutorial();
        var number = Interlocked.Increment(ref _last) % 20_000;
        var network = $"127.{130 + (number / 200)}.{1 + (number % 200)}.";
        var nodes = sample.Nodes.Select((n, i) => n with { Address = network + (11 + i) }).ToList();
        Data = [.. nodes.Select(n => new FakeDataNode(this, n.Name, n.Address))];
        Sentinels = [.. nodes.Select(n => new FakeSentinel(this, n.Name))];
        Agents = [.. nodes.Select(n => NewAgent(sample with { Node = n.Name, Nodes = nodes }))];
        for (var i = 0; i < nodes.Count; i++)
        {
            var (node, own) = (Data[i], Sentinels[i]);
            _wires.Add(new(nodes[i].Address, sample.Ports.Redis, words => Answer(words, node.Answer)));
            _wires.Add(new(nodes[i].Address, sample.Ports.Sentinel, words => Answer(words, own.Answer)));
        }
    }

    public IReadOnlyList<FakeDataNode> Data { get; }

    public IReadOnlyList<FakeSentinel> Sentinels { get; }

    public IReadOnlyList<AgentContext> Agents { get; }

    public TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>Commands that changed something since the last <see cref="KillAt"/>.</summary>
    public int Changes { get; private set; }

    public AgentContext Agent(string node) => Agents.First(a => a.Plan.Node == node);

    public FakeDataNode Node(string name) => Data.First(n => n.Name == name);

    /// <summary>Starts a node's Redis, as its hook does: blank, or with what its disk says.</summary>
    public void Start(string name)
    {
        lock (_lock)
            Node(name).Start(Life(name).ReadBeforeStart().ToString());
    }

    /// <summary>A member with data on its disk, as after a life in the cluster.</summary>
    public void GiveData(string name, long data)
    {
        Agent(name).Root.Write("/var/lib/redis/dump.rdb", $"data {data}", "0600", "redis");
        Agent(name).Root.Write("/var/lib/redis/appendonlydir/appendonly.aof.manifest", "", "0600", "redis");
        Life(name).Write("");
        Node(name).Data = data;
    }

    public LifeMark Life(string name) => new(Agent(name).Root, Agent(name).Plan);

    /// <summary>All Sentinels name <paramref name="name"/>, and know the other data nodes as its replicas.</summary>
    public void Name(string name, long epoch)
    {
        lock (_lock)
        {
            // As they learned it: everybody followed it once.
            var was = Data.Select(n => (n.Up, n.IsMaster, n.Follows)).ToList();
            foreach (var node in Data.Where(n => !n.Up))
                node.Start("");
            foreach (var node in Data)
                (node.IsMaster, node.Follows) = (node.Name == name, node.Name == name ? "" : Node(name).Address);
            foreach (var sentinel in Sentinels)
            {
                (sentinel.Names, sentinel.ConfigEpoch, sentinel.IsConfigured) = (Node(name).Address, epoch, true);
                sentinel.Look();
            }

            for (var i = 0; i < Data.Count; i++)
            {
                (Data[i].IsMaster, Data[i].Follows) = (was[i].IsMaster, was[i].Follows);
                if (!was[i].Up)
                    Data[i].Stop();
            }
        }
    }

    /// <summary>All that goes on by itself: INFO, hello messages, replication.</summary>
    public void Settle()
    {
        foreach (var replica in Data.Where(n => n.Synced))
            replica.Data = Data.First(n => n.Address == replica.Follows).Data;
        foreach (var sentinel in Sentinels.Where(s => s.Up))
        {
            sentinel.Look();
            foreach (var other in Sentinels.Where(o => o.Up))
                sentinel.Hear(other);
        }
    }

    /// <summary>Every agent that runs in <see cref="RunAsync"/> is killed at the n-th command that changes something.</summary>
    /// <param name="change">Which.</param>
    /// <param name="answered">Whether the command is still carried out.</param>
    public void KillAt(int change, bool answered) => (Changes, _killAt, _answered) = (0, change, answered);

    /// <summary>Runs agents until they end or are killed.</summary>
    /// <returns>Whether they ended by themselves.</returns>
    public async Task<bool> RunAsync(params IEnumerable<Func<CancellationToken, Task>> agents)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        _killed = killed;
        try
        {
            await Task.WhenAll(agents.Select(agent => agent(killed.Token)));
            return !killed.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (!limit.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _killed = null;
        }
    }

    /// <summary>The joins of all nodes whose Redis runs.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Joins() => Agents.Where(a => Node(a.Plan.Node).Up).Select(a => (Func<CancellationToken, Task>)(ct => JoinCommand.RunAsync(a, ct)));

    /// <summary>Runs the joins without a kill until all are settled.</summary>
    public async Task JoinAsync()
    {
        KillAt(int.MaxValue, answered: true);
        Assert.True(await RunAsync(Joins()), Story());
    }

    /// <summary>Runs the watches of all nodes whose Redis runs, without a kill, until the cluster is settled.</summary>
    public async Task WatchAsync()
    {
        KillAt(int.MaxValue, answered: true);
        using var settled = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var watches = Agents.Where(a => Node(a.Plan.Node).Up)
            .SelectMany(a => (Task[])[new RoleWatch(a).RunAsync(settled.Token), new MasterlessWatch(a).RunAsync(settled.Token)])
            .ToList();
        while (Master() is null && !settled.IsCancellationRequested)
            await Task.Delay(10);
        await settled.CancelAsync();
        await Task.WhenAll(watches);
    }

    /// <summary>The one master, which every Sentinel names and everybody who runs follows; null where it is not so.</summary>
    public string? Master()
    {
        lock (_lock)
        {
            var up = Data.Where(n => n.Up).ToList();
            return up.Where(n => n.IsMaster).ToList() is [{ Priority: 0 } master]
                && up.All(n => n == master || (n.Follows == master.Address && n.Priority == 100))
                && Sentinels.All(s => !s.Up || (s.Names == master.Address && s.IsConfigured))
                    ? master.Name
                    : null;
        }
    }

    /// <summary>What every node and every Sentinel says, for the message of a test that failed.</summary>
    public string State() => string.Join('\n', Data.Select(n => $"{n.Name}: {(n.Up ? "up" : "down")} {(n.IsMaster ? "master" : "follows " + n.Follows)} priority {n.Priority} data {n.Data} {n.Life}")
        .Concat(Sentinels.Select(s => $"{s.Id}'s Sentinel: {(s.Up ? "up" : "down")} names {s.Names} epoch {s.ConfigEpoch}{(s.IsConfigured ? "" : " without its settings")}")));

    public IReadOnlyList<string> Said(string node) => ((ListJournal)Agent(node).Journal).Lines;

    public string Story() => string.Join('\n', Data.SelectMany(n => Said(n.Name).Select(line => $"{n.Name} {line}")));

    public void Dispose()
    {
        foreach (var wire in _wires)
            wire.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private string? Answer(string[] words, Func<string[], string?> answer)
    {
        lock (_lock)
        {
            var changes = words is ["CONFIG", "SET", ..] or ["REPLICAOF", ..] or ["SENTINEL", "MONITOR" or "REMOVE" or "FAILOVER", ..]
                or ["SENTINEL", "IS-MASTER-DOWN-BY-ADDR", _, _, not "0", _] or ["CLIENT", ..];
            if (!changes || ++Changes != _killAt)
                return answer(words);
            if (_answered)
                answer(words);
            _killed?.Cancel();
            return null;
        }
    }

    private AgentContext NewAgent(NodePlan plan)
    {
        var path = Path.Combine(_directory, plan.Node);
        Directory.CreateDirectory(path + "/etc");
        File.WriteAllText(path + "/etc/passwd", "redis:x:101:101::/:\n");
        File.WriteAllText(path + "/etc/group", "redis:x:101:\n");
        return new(new MachineRoot(path), plan, () => SamplePlan.Host(plan.Self.Address), new ListJournal(), new NoSystemd(), _clock);
    }
}
