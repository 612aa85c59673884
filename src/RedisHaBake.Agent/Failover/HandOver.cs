using System.Globalization;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// The lossless hand-over of the master's role: writes are held while one chosen replica catches up, and only then Sentinel is told and
/// the roles change. A plain SENTINEL FAILOVER leaves the old master acknowledging writes for seconds, and those are lost.
/// </summary>
public sealed class HandOver(AgentContext agent)
{
    /// <summary>How long writes are held at most: longer than every wait until the roles have changed, since a write between would be lost.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(4);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private readonly RedisOrders _orders = new(agent.Plan);
    private readonly SentinelRequest _request = new(agent.Plan);
    private readonly Turns _turns = new(agent);
    private readonly Pinning _pinning = new(agent);
    private bool _asked;
    private bool _paused;
    private bool _finished;

    /// <summary>Hands the role from the named master to <paramref name="to"/> or the best fit replica; may be run on any node.</summary>
    /// <param name="from">Only if this node is the named master; null for whichever is.</param>
    /// <param name="to">A data node's name, or null.</param>
    /// <param name="ct">Gives up; writes go on after at most <see cref="Pause"/> whatever happens.</param>
    public async Task<HandOverResult> RunAsync(string? from, string? to, CancellationToken ct)
    {
        var facts = await _observer.ObserveAsync(ct);
        if (facts.Named is not { IsMaster: true } master || (from is not null && master.Node != from))
            return new(false, NotMaster: true, from is null ? "no reachable node is the named master; look at: redishabake-agent status" : $"{from} is not the named master");
        if (master.Node == to)
            return new(false, NotMaster: true, $"{to} is the master already");
        if (facts.SentinelsAct)
            return new(false, false, "a failover is under way already");
        var heir = facts.DataNodes.Where(n => n.Fit && n.Synced && n.MasterAddress == master.Address && (to is null || n.Node == to)).MaxBy(n => n.Offset);
        if (heir is null)
        {
            var unfit = string.Join("; ", facts.DataNodes.Where(n => n != master && (to is null || n.Node == to)).Select(n => $"{n.Node} {WhyUnfit(n, master)}"));
            return new(false, false, to is null ? $"no other data node can take over: {unfit}" : $"{unfit}, and cannot take over");
        }

        var node = _plan.DataNodes.First(n => n.Name == heir.Node);
        try
        {
            return await HandToAsync(node, _plan.DataNodes.First(n => n.Name == master.Node), facts, ct);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return new(false, false, _asked
                ? $"Sentinel was told to promote {node.Name}, then {e.Message}; look at: redishabake-agent status"
                : e.Message);
        }
        finally
        {
            // With a token of its own: a time limit or Ctrl-C must leave neither a choice nor held writes behind. Once Sentinel was asked,
            // the heir may be master: it gets a master's priority, and the old one's writes stay held until the pause ends by itself. So do
            // writes that are held for somebody else's hand-over, which may have made the heir master too.
            if (!_finished)
            {
                var isMaster = _asked || (await _observer.LookAtRedisAsync(node, CancellationToken.None)).IsMaster;
                await TryAsync(() => _orders.SetPriorityAsync(node, isMaster ? 0 : 100, CancellationToken.None));
                if (_paused && !isMaster)
                    await TryAsync(() => _orders.UnpauseAsync(_plan.DataNodes.First(n => n.Name == master.Node), CancellationToken.None));
            }
        }
    }

    private static string WhyUnfit(DataNodeView node, DataNodeView master)
        => !node.Reachable ? "does not answer"
            : node.Loading ? "is loading its dataset"
            : node.MasterAddress != master.Address ? $"does not follow {master.Node}"
            : node.Syncing ? $"is syncing with {master.Node}"
            : !node.LinkUp ? $"has lost its link to {master.Node}"
            : "has not completed a sync yet";

    private async Task<HandOverResult> HandToAsync(PlannedNode heir, PlannedNode former, ClusterFacts facts, CancellationToken ct)
    {
        var (sentinel, reason) = await _pinning.PinAsync(heir, ct);
        if (sentinel is null)
            return new(false, false, reason);
        if (await OtherAsync(heir, former, sentinel, ct) is { } other)
            return new(false, false, other);
        if (!await _turns.HasAsync(sentinel, facts, ct))
            return new(false, false, $"the vote for {sentinel.Node}'s Sentinel was not won; another failover may be under way");

        await using var master = await RespClient.ConnectAsync(_endpoints.Redis(former), _endpoints.Timeout, ct);
        await using var replica = await RespClient.ConnectAsync(_endpoints.Redis(heir), _endpoints.Timeout, ct);
        _paused = true;
        (await master.CallAsync(["CLIENT", "PAUSE", Pause.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), "WRITE"], ct)).OrThrow();
        if (await CaughtUpAsync(master, replica, ct) is { } lag)
            return new(false, false, $"{heir.Name} did not catch up within {CatchUp.TotalSeconds:0} s ({lag} bytes behind)");
        _asked = true;
        var answer = await _request.AskAsync(sentinel, ct);
        if (answer.Outcome == AskedFor.Unknown)
            return new(false, false, $"whether {sentinel.Node}'s Sentinel promotes {heir.Name} is not known: {answer.Reason}; look at: redishabake-agent status");
        if (answer.Outcome == AskedFor.Refused)
        {
            _asked = false;
            return new(false, false, $"{sentinel.Node}'s Sentinel refused: {answer.Reason}");
        }

        // From here on Sentinel is on its way to the same end; doing it ourselves only makes it quick.
        (await replica.CallAsync(["REPLICAOF", "NO", "ONE"], ct)).OrThrow();
        var port = _plan.Ports.Redis.ToString(CultureInfo.InvariantCulture);
        (await master.CallAsync(["REPLICAOF", heir.Address, port], ct)).OrThrow();
        await Task.WhenAll(_plan.DataNodes.Where(n => n.Name != heir.Name && n.Name != former.Name)
            .Select(n => TryAsync(() => _orders.FollowAsync(n, heir.Address, ct))));
        await TryAsync(async () => await master.CallAllAsync([["CLIENT", "UNPAUSE"], ["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]], ct));
        await TryAsync(() => _orders.SetPriorityAsync(heir, 0, ct));
        _finished = true;
        var named = await new Promotion(agent).NamedAsync(former.Name, TimeSpan.FromSeconds(5), ct);
        if (!(await _observer.LookAtRedisAsync(heir, ct)).IsMaster)
            return new(false, false, $"{heir.Name} was promoted, and is not master any more; whom the Sentinels choose now: redishabake-agent status");
        return new(true, false, named
            ? $"{heir.Name} is master, named by the Sentinels; nothing was lost"
            : $"{heir.Name} is master; the Sentinels have not all learned it within 5 s");
    }

    /// <summary>
    /// Why somebody else's hand-over goes first; null where there is none. The vote does not exclude it, since both may ask for one Sentinel,
    /// and so for one id. Each chooses its heir before it looks for another's: of two, one at most sees no other. A choice that was given up
    /// stands in the Sentinel's list for up to a second more, and it could promote that one.
    /// </summary>
    private async Task<string?> OtherAsync(PlannedNode heir, PlannedNode former, SentinelView asked, CancellationToken ct)
    {
        var start = agent.Clock.GetTimestamp();
        while (true)
        {
            var facts = await _observer.ObserveAsync(ct);
            if (!facts.DataNodes.First(n => n.Node == former.Name).IsMaster)
                return $"{former.Name} is not master any more";
            var chosen = facts.DataNodes.FirstOrDefault(n => n.Node != heir.Name && n.Priority == Pinning.Priority)?.Node;
            var listed = facts.Sentinels.First(s => s.Node == asked.Node).Replicas.FirstOrDefault(r => r.Address != heir.Address && r.Priority == Pinning.Priority)?.Address;
            if (chosen is null && listed is null)
                return null;
            // Of two that see each other the one whose heir comes first by its name goes on, when the other has given up.
            var yields = chosen is not null && string.CompareOrdinal(heir.Name, chosen) > 0;
            if (yields || agent.Clock.GetElapsedTime(start) > GivenUp)
                return $"another hand-over, to {chosen ?? facts.NameOf(listed!)}, is under way; look again in {Pinning.Patience.TotalSeconds:0} s: redishabake-agent status";
            await Task.Delay(TimeSpan.FromMilliseconds(20), agent.Clock, ct);
        }
    }

    /// <summary>Null once the replica's own offset is the paused master's; else how many bytes are missing.</summary>
    private async Task<long?> CaughtUpAsync(RespClient master, RespClient replica, CancellationToken ct)
    {
        var target = new RedisInfo((await master.CallAsync(["INFO", "replication"], ct)).OrThrow().Text).Number("master_repl_offset");
        var start = agent.Clock.GetTimestamp();
        while (true)
        {
            var missing = target - new RedisInfo((await replica.CallAsync(["INFO", "replication"], ct)).OrThrow().Text).Number("slave_repl_offset");
            if (missing <= 0)
                return null;
            if (agent.Clock.GetElapsedTime(start) > CatchUp)
                return missing;
            await Task.Delay(TimeSpan.FromMilliseconds(5), agent.Clock, ct);
        }
    }

    private static async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            // Sentinel and the watch do the same, only later.
        }
    }
}
