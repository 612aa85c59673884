namespace RedisHaBake.Agent.Tests.Replay;

/// <summary>
/// A Sentinel that remembers whom it names, whom it voted for, and the replicas that it has seen. It does nothing by itself: what the
/// agent relies on is what it was asked for.
/// </summary>
internal sealed class FakeSentinel(FakeCluster cluster, string id)
{
    // A real failover takes 0.3 s and more; meanwhile its answer is INPROG, and the others have not heard of it. By the computer's own clock: that of the agents runs
    // so fast that a delayed thread of this process would outlast any time by theirs.
    private static readonly TimeSpan FailoverTime = TimeSpan.FromSeconds(0.3);
    private readonly Dictionary<string, int> _replicas = [];
    private long? _failoverSince;

    public string Id { get; } = id;

    public bool Up { get; set; } = true;

    public bool Tilt { get; set; }

    /// <summary>What it answers to SENTINEL FAILOVER in place of doing it, or null.</summary>
    public string? Refuses { get; set; }

    /// <summary>The named master's address, or null.</summary>
    public string? Names { get; set; }

    public long ConfigEpoch { get; set; }

    /// <summary>It was given the plan's settings since it was told whom to monitor.</summary>
    public bool IsConfigured { get; set; }

    public (string Leader, long Epoch) Vote { get; private set; } = ("*", 0);

    /// <summary>Votes that were given to others than this Sentinel: each silences it for a while.</summary>
    public int Silenced { get; private set; }

    public string? Answer(string[] words)
    {
        if (!Up)
            return null;
        var reply = words switch
        {
            ["AUTH", ..] => "+OK\r\n",
            ["SENTINEL", "MYID"] => Wire.Bulk(Id),
            ["INFO", ..] => Wire.Bulk($"# Sentinel\r\nsentinel_tilt:{(Tilt ? 1 : 0)}\r\n"),
            ["SENTINEL", "MASTER", _] => Names is null ? NoMaster : Wire.Array("ip", Names, "port", "6379", "flags", "master", "config-epoch", $"{ConfigEpoch}"),
            ["SENTINEL", "REPLICAS", _] => Names is null ? NoMaster : Wire.List(Listed()),
            ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", _] => Names is null ? "*-1\r\n" : Wire.Array(Names, "6379"),
            ["SENTINEL", "CKQUORUM", _] => "+OK\r\n",
            ["SENTINEL", "SET", ..] => Set(),
            ["SENTINEL", "MONITOR", _, var address, _, _] => Monitor(address),
            ["SENTINEL", "REMOVE", _] => Remove(),
            ["SENTINEL", "FAILOVER", _] => Failover(),
            ["SENTINEL", "IS-MASTER-DOWN-BY-ADDR", _, _, var epoch, var leader] => Elect(long.Parse(epoch), leader),
            _ => throw new InvalidOperationException($"nobody expected {string.Join(' ', words)}"),
        };
        cluster.Settle();
        return reply;
    }

    /// <summary>Reads what the data nodes say, as INFO once a second does.</summary>
    public void Look()
    {
        if (!Up || Names is null)
            return;
        foreach (var node in cluster.Data.Where(n => n.Up && n.Address != Names))
        {
            // A master's INFO shows no priority, and only a master's INFO shows who follows it.
            if (!node.IsMaster && (_replicas.ContainsKey(node.Address) || node.Synced && node.Follows == Names))
                _replicas[node.Address] = node.Priority;
        }
    }

    /// <summary>Believes a Sentinel with a higher config epoch.</summary>
    public void Hear(FakeSentinel other)
    {
        if (other.Names is not { } address || Names is null || other.ConfigEpoch <= ConfigEpoch || other.IsFailingOver)
            return;
        if (address != Names)
            Switch(address);
        ConfigEpoch = other.ConfigEpoch;
    }

    private bool IsFailingOver => _failoverSince is { } since && TimeProvider.System.GetElapsedTime(since) < FailoverTime;

    private static string NoMaster => "-ERR No such master with that name\r\n";

    private string Monitor(string address)
    {
        (Names, ConfigEpoch, IsConfigured) = (address, 0, false);
        _replicas.Clear();
        return "+OK\r\n";
    }

    private string Set()
    {
        IsConfigured = true;
        return "+OK\r\n";
    }

    /// <summary>As one that was made anew.</summary>
    public void Forget() => Remove();

    private string Remove()
    {
        (Names, ConfigEpoch) = (null, 0);
        return "+OK\r\n";
    }

    private string Elect(long epoch, string leader)
    {
        if (epoch > Vote.Epoch)
        {
            Vote = (leader, epoch);
            Silenced += leader == Id ? 0 : 1;
        }

        return Wire.List(":0\r\n", Wire.Bulk(Vote.Leader), $":{Vote.Epoch}\r\n");
    }

    // A Sentinel in TILT says OK and does nothing.
    private string Failover()
    {
        if (Tilt)
            return "+OK\r\n";
        if (Refuses is not null)
            return Refuses;
        if (IsFailingOver)
            return "-INPROG Failover already in progress\r\n";
        var chosen = _replicas.Where(r => r.Value > 0).Select(r => (r.Value, Node: cluster.Data.First(n => n.Address == r.Key)))
            .Where(r => r.Node.Up).OrderBy(r => r.Value).ThenByDescending(r => r.Node.Data).Select(r => r.Node).FirstOrDefault();
        if (chosen is null)
            return "-NOGOODSLAVE No suitable replica to promote\r\n";
        _failoverSince = TimeProvider.System.GetTimestamp();
        chosen.Answer(["REPLICAOF", "NO", "ONE"]);
        Switch(chosen.Address);
        ConfigEpoch = Math.Max(ConfigEpoch, Vote.Epoch) + 1;
        foreach (var other in cluster.Data.Where(n => n.Up && n != chosen))
            other.Answer(["REPLICAOF", chosen.Address, "6379"]);
        return "+OK\r\n";
    }

    private void Switch(string address)
    {
        foreach (var node in cluster.Data.Where(n => n.Address != address && (_replicas.ContainsKey(n.Address) || n.Address == Names)))
            _replicas[node.Address] = 100;
        _replicas.Remove(address);
        Names = address;
    }

    private IEnumerable<string> Listed() => _replicas.Select(r =>
    {
        var node = cluster.Data.First(n => n.Address == r.Key);
        return Wire.Array(
            "ip", r.Key, "flags", node.Up ? "slave" : "s_down,slave,disconnected", "slave-priority", $"{r.Value}", "info-refresh", "500",
            "last-ok-ping-reply", node.Up ? "0" : $"{(cluster.Now - node.DownSince).TotalMilliseconds:0}", "master-link-down-time", "0",
            "role-reported", node is { Up: true, IsMaster: true } ? "master" : "slave");
    });
}
