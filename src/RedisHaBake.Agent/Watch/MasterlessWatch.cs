using System.Security.Cryptography;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Ends the deadlock in which nobody is master and Sentinel says NOGOODSLAVE for ever, because every replica's link was down for more than
/// ten times down-after (redis#5677): one agent, by a won vote, raises the fit node with the most data, and has Sentinel learn it.
/// </summary>
public sealed class MasterlessWatch(AgentContext agent)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private readonly RedisOrders _orders = new(agent.Plan);
    private readonly Pinning _pinning = new(agent);
    private readonly SentinelRequest _request = new(agent.Plan);
    private readonly Vote _vote = new(agent.Plan);
    private readonly Promotion _promotion = new(agent);

    // Not a Sentinel's id: two agents that asked for one id would both count a majority.
    private readonly string _runId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
    private long? _since;
    private long? _lostAt;

    /// <summary>
    /// Sentinel's own ways out take less than this. Each node waits 3 s longer than the one before it in the plan: a vote is exclusive at
    /// one epoch only, and a second asker that comes a moment later wins the next one.
    /// </summary>
    private TimeSpan Patience => TimeSpan.FromMilliseconds(_plan.Failover.DownAfterMs)
        + TimeSpan.FromSeconds(25 + (3 * _plan.DataNodes.TakeWhile(n => n.Name != _plan.Node).Count()));

    /// <summary>Watches until stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await LookAsync(ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is RespUnreachableException or RespException or IOException)
            {
                agent.Journal.Say(Severity.Warning, $"watch: raising a master did not succeed: {e.Message}; trying again", (Field.Node, _plan.Node));
            }

            await Task.Delay(Period, agent.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var facts = await _observer.ObserveAsync(ct);
        if (facts.DataNodes.Any(n => n.IsMaster) || facts.Naming.Address is null)
        {
            _since = null;
            return;
        }

        var now = agent.Clock.GetTimestamp();
        _since ??= now;
        if (agent.Clock.GetElapsedTime(_since.Value, now) < Patience || facts.Sentinels.Any(s => s.Names is { FailoverInProgress: true }))
            return;
        if (facts.DataNodes.Where(n => n.Fit).MaxBy(n => n.Offset) is { } heir)
            await HealAsync(heir, facts, ct);
    }

    private async Task HealAsync(DataNodeView heir, ClusterFacts facts, CancellationToken ct)
    {
        var silence = TimeSpan.FromMilliseconds((2.0 * _plan.Failover.TimeoutMs) + Random.Shared.Next(1000));
        if (_lostAt is { } lost && agent.Clock.GetElapsedTime(lost) < silence)
            return;
        if (!await _vote.WinAsync(_runId, facts.Sentinels, ct))
        {
            _lostAt = agent.Clock.GetTimestamp();
            return;
        }

        Say($"nobody has been master for {Patience.TotalSeconds:0} s; {heir.Node} is fit and has the most data (offset {heir.Offset}); raising it, by a won vote");
        var node = _plan.DataNodes.First(n => n.Name == heir.Node);
        if (!facts.Sentinels.Any(s => s.Replicas.Any(r => r.Address == heir.Address)))
        {
            await ReplaceAsync(node, ct);
            return;
        }

        var (sentinel, reason) = await _pinning.PinAsync(node, ct);
        if (sentinel is null)
        {
            Say($"{heir.Node} is not raised: {reason}");
            return;
        }

        // Once more, at the last moment: Sentinel may have found its own way while the choice was spreading.
        if ((await _observer.ObserveAsync(ct)).DataNodes.Any(n => n.IsMaster))
            return;
        await _promotion.RaiseAsync(node, ct);
        var last = "";
        for (var attempt = 0; attempt < 50; attempt++)
        {
            // Until Sentinel has read its INFO again, the heir's link counts as down for too long; where another replica's, which has
            // followed meanwhile, is read first, Sentinel promotes that one beside the heir.
            if (await SeesRaisedAsync(sentinel, heir, ct))
            {
                var answer = await _request.AskAsync(sentinel, ct);
                if (answer.Outcome == AskedFor.Begun)
                {
                    await _orders.SetPriorityAsync(node, 0, ct);
                    Say($"{heir.Node} is master, and {sentinel.Node}'s Sentinel has been told");
                    return;
                }

                last = answer.Reason;
            }
            else
            {
                last = $"it has not seen {heir.Node} as master";
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), agent.Clock, ct);
        }

        Say($"{heir.Node} was raised, but {sentinel.Node}'s Sentinel has not taken it: {last}");
    }

    private async Task<bool> SeesRaisedAsync(SentinelView sentinel, DataNodeView heir, CancellationToken ct)
        => (await _observer.LookAtSentinelAsync(_plan.SentinelNodes.First(n => n.Name == sentinel.Node), ct))
            .Replicas.Any(r => r.Address == heir.Address && r.SaysMaster);

    /// <summary>
    /// The master died before any Sentinel had read its list of replicas, in the first second of a cluster's life: they can promote nobody
    /// and will never learn of anybody.
    /// </summary>
    private async Task ReplaceAsync(PlannedNode heir, CancellationToken ct)
    {
        await _promotion.RaiseAsync(heir, ct);
        var told = await new SentinelOrders(_plan).ReplaceEverywhereAsync(heir.Address, ct);
        await _orders.SetPriorityAsync(heir, 0, ct);
        Say($"{heir.Name} is master; no Sentinel knew of it, {told} of {_plan.SentinelNodes.Count} monitor it now");
    }

    private void Say(string sentence) => agent.Journal.Say(
        Severity.Warning, sentence, ("HEALED", "masterless"), (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));
}
