using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Cluster;

/// <summary>Asks every Sentinel and every data node at once, and remembers how long each data node has not been reached.</summary>
/// <param name="plan">Whom to ask, and as whom.</param>
/// <param name="lifeMark">This node's own.</param>
/// <param name="clock">What silences are measured by.</param>
/// <param name="patience">How long each may take to answer; null for <see cref="ClusterEndpoints.Timeout"/>, which decisions rest on.</param>
public sealed class ClusterObserver(NodePlan plan, LifeMark lifeMark, TimeProvider clock, TimeSpan? patience = null)
{
    private readonly ClusterEndpoints _endpoints = new(plan);
    private readonly TimeSpan _timeout = patience ?? new ClusterEndpoints(plan).Timeout;
    private readonly Dictionary<string, long> _lastReached = [];
    private long? _spreadingSince;

    /// <summary>One look at the whole cluster; takes as long as the slowest answer, at most a few time-outs.</summary>
    public async Task<ClusterFacts> ObserveAsync(CancellationToken ct)
    {
        var sentinels = plan.SentinelNodes.Select(n => LookAtSentinelAsync(n, ct)).ToList();
        var nodes = plan.DataNodes.Select(n => LookAtRedisAsync(n, ct)).ToList();
        var sentinelViews = await Task.WhenAll(sentinels);
        var nodeViews = await Task.WhenAll(nodes);
        var facts = new ClusterFacts(plan, sentinelViews, [.. nodeViews.Select(n => n with { GoneFor = GoneFor(n, sentinelViews) })], lifeMark.Read());
        var now = clock.GetTimestamp();
        _spreadingSince = facts.IsSpreading ? _spreadingSince ?? now : null;
        return facts with { SpreadingFor = _spreadingSince is { } since ? clock.GetElapsedTime(since, now) : TimeSpan.Zero };
    }

    /// <summary>What the Redis of <paramref name="node"/> says now.</summary>
    public async Task<DataNodeView> LookAtRedisAsync(PlannedNode node, CancellationToken ct)
    {
        try
        {
            await using var redis = await RespClient.ConnectAsync(_endpoints.Redis(node), _timeout, ct);
            // The priority by CONFIG GET: INFO shows it of replicas only, and a master must carry 0.
            var replies = await redis.CallAllAsync([["INFO"], ["CONFIG", "GET", RedisConf.LifeMarkSetting, "replica-priority"]], ct);
            return View(node, new RedisInfo(replies[0].OrThrow().Text), replies[1].AsPairs());
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return new(node.Name, node.Address, Reachable: false);
        }
    }

    /// <summary>What the Sentinel of <paramref name="node"/> says now.</summary>
    public async Task<SentinelView> LookAtSentinelAsync(PlannedNode node, CancellationToken ct)
    {
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _timeout, ct);
            var replies = await sentinel.CallAllAsync(
                [["SENTINEL", "MYID"], ["INFO", "sentinel"], ["SENTINEL", "MASTER", plan.MasterName], ["SENTINEL", "REPLICAS", plan.MasterName]], ct);
            var tilt = new RedisInfo(replies[1].OrThrow().Text)["sentinel_tilt"] == "1";
            var master = replies[2].IsError ? null : Master(replies[2].AsPairs());
            var replicas = replies[3].IsError ? [] : replies[3].Items.Select(r => Replica(r.AsPairs())).ToList();
            return new(node.Name, true, replies[0].OrThrow().Text, tilt, master, replicas);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return new(node.Name, Reachable: false);
        }
    }

    private static DataNodeView View(PlannedNode node, RedisInfo info, IReadOnlyDictionary<string, string> settings)
    {
        var life = LifeWord.Parse(settings.GetValueOrDefault(RedisConf.LifeMarkSetting, ""));
        var linkUp = info["master_link_status"] == "up";
        return new(
            node.Name,
            node.Address,
            Reachable: true,
            Loading: info["loading"] == "1" || info["async_loading"] == "1",
            IsMaster: info["role"] == "master",
            MasterAddress: info["master_host"],
            LinkUp: linkUp,
            Syncing: info["master_sync_in_progress"] == "1",
            LinkDownFor: linkUp ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Max(0, info.Number("master_link_down_since_seconds"))),
            Priority: (int)Number(settings, "replica-priority"),
            Offset: info.Number(info["role"] == "master" ? "master_repl_offset" : "slave_repl_offset"),
            HasKeys: info.HasKeys,
            Life: life.Life,
            Lineage: life.Lineage);
    }

    private static NamedMaster Master(IReadOnlyDictionary<string, string> fields)
    {
        var flags = fields.GetValueOrDefault("flags", "").Split(',');
        return new(
            fields.GetValueOrDefault("ip", ""),
            (int)Number(fields, "port"),
            Number(fields, "config-epoch"),
            flags.Contains("o_down"),
            flags.Contains("failover_in_progress"));
    }

    private static ListedReplica Replica(IReadOnlyDictionary<string, string> fields)
    {
        var flags = fields.GetValueOrDefault("flags", "").Split(',');
        return new(
            fields.GetValueOrDefault("ip", ""),
            (int)Number(fields, "slave-priority"),
            flags.Contains("s_down") || flags.Contains("disconnected"),
            Number(fields, "info-refresh") != 0,
            TimeSpan.FromMilliseconds(Number(fields, "last-ok-ping-reply")),
            TimeSpan.FromMilliseconds(Number(fields, "master-link-down-time")),
            fields.GetValueOrDefault("role-reported", "") == "master");
    }

    private static long Number(IReadOnlyDictionary<string, string> fields, string name)
        => long.TryParse(fields.GetValueOrDefault(name, ""), out var n) ? n : 0;

    private TimeSpan GoneFor(DataNodeView node, SentinelView[] sentinels)
    {
        var now = clock.GetTimestamp();
        if (node.Reachable)
            _lastReached[node.Node] = now;
        _lastReached.TryAdd(node.Node, now);
        var ours = clock.GetElapsedTime(_lastReached[node.Node], now);
        var lists = sentinels.Where(s => s.Reachable).Select(s => s.Replicas.FirstOrDefault(r => r.Address == node.Address)).ToList();
        if (lists.Count < plan.SentinelMajority)
            return TimeSpan.Zero;
        // The time for which a majority of Sentinels has not had an answer: the majority-th longest of their silences.
        var silences = lists.Select(r => r?.SinceLastPing ?? TimeSpan.MaxValue).OrderDescending().ToList();
        var theirs = silences[plan.SentinelMajority - 1];
        return ours < theirs ? ours : theirs;
    }
}
