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
    private readonly Raising _raising = new(agent);
    private long? _since;
    private long? _lostAt;
    private long? _chosenSince;

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
        var unfinished = Unfinished(facts);
        if ((facts.DataNodes.Any(n => n.IsMaster) && unfinished is null) || facts.Naming.Address is null)
        {
            _since = null;
            return;
        }

        var now = agent.Clock.GetTimestamp();
        _since ??= now;
        if (agent.Clock.GetElapsedTime(_since.Value, now) < Patience || facts.Sentinels.Any(s => s.Names is { FailoverInProgress: true }))
            return;
        if (unfinished is null && IsBeingRaised(facts))
            return;
        if ((unfinished ?? facts.DataNodes.Where(n => n.Fit).MaxBy(n => n.Offset)) is { } heir)
            await HealAsync(heir, facts, ct);
    }

    /// <summary>The node that was raised and is master, while the Sentinels have not been told: whoever raised it was interrupted.</summary>
    private DataNodeView? Unfinished(ClusterFacts facts) => facts.DataNodes.Where(n => n.IsMaster).ToList() is [var master]
        && facts.Named is { IsMaster: false }
        && Raising.RaisedBefore(facts, _plan.DataNodes.First(n => n.Name == master.Node)) is not null
            ? master
            : null;

    // Another agent has chosen a node a moment ago. The vote does not keep two apart: a later one is won at a higher epoch.
    private bool IsBeingRaised(ClusterFacts facts)
    {
        if (facts.DataNodes.All(n => n.Priority != Pinning.Priority))
        {
            _chosenSince = null;
            return false;
        }

        return agent.Clock.GetElapsedTime(_chosenSince ??= agent.Clock.GetTimestamp()) < Pinning.Patience;
    }

    private async Task HealAsync(DataNodeView heir, ClusterFacts facts, CancellationToken ct)
    {
        var silence = TimeSpan.FromMilliseconds((2.0 * _plan.Failover.TimeoutMs) + Random.Shared.Next(1000));
        if (_lostAt is { } lost && agent.Clock.GetElapsedTime(lost) < silence)
            return;
        if (!await _raising.WinTurnAsync(facts, ct))
        {
            _lostAt = agent.Clock.GetTimestamp();
            return;
        }

        Say(heir.IsMaster
            ? $"{heir.Node} has been raised, and the Sentinels still name {facts.Named?.Node}; telling them, by a won vote"
            : $"nobody has been master for {Patience.TotalSeconds:0} s; {heir.Node} is fit and has the most data (offset {heir.Offset}); raising it, by a won vote");
        // Sentinel may have found its own way while the choice was spreading.
        var (_, sentence) = await _raising.RaiseAsync(
            _plan.DataNodes.First(n => n.Name == heir.Node),
            facts,
            last => last.DataNodes.FirstOrDefault(n => n.IsMaster) is { } other ? $"{other.Node} is master" : null,
            ct);
        Say(sentence);
    }

    private void Say(string sentence) => agent.Journal.Say(
        Severity.Warning, sentence, ("HEALED", "masterless"), (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));
}
