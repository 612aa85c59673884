using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Join;

/// <summary>Carries a decision out, one small idempotent piece at a time: whatever interrupts it, the next look decides anew.</summary>
public sealed class JoinActions(AgentContext agent)
{
    private readonly NodePlan _plan = agent.Plan;
    private readonly LifeMark _lifeMark = new(agent.Root, agent.Plan);
    private readonly RedisOrders _redis = new(agent.Plan);
    private readonly SentinelOrders _sentinels = new(agent.Plan);
    private readonly OwnSentinel _ownSentinel = new(agent);
    private readonly FailoverRequest _request = new(agent);
    private readonly Promotion _promotion = new(agent);
    private readonly Following _following = new(agent);

    /// <summary>Does what <paramref name="decision"/> says.</summary>
    /// <returns>The closing sentence once this node is a settled member; null to look again.</returns>
    public async Task<string?> DoAsync(Decision decision, ClusterFacts facts, JoinTeller teller, CancellationToken ct)
    {
        teller.Say(
            decision is Decision.Wait ? JoinPhase.Waiting : JoinPhase.Acting,
            decision.Sentence,
            decision is Decision.Wait or Decision.Settled ? Severity.Info : Severity.Notice);
        switch (decision)
        {
            case Decision.Follow follow:
                return await _following.StepAsync(follow.Address, await _ownSentinel.IsToldAsync(follow.Address, facts, ct), facts, ct);
            case Decision.Bootstrap:
                await BootstrapAsync(facts, teller, ct);
                return null;
            case Decision.AskFailover:
                await AskAsync(facts, teller, ct);
                return null;
            case Decision.RaiseInPlace:
                await RaiseAsync(facts, ct);
                return null;
            case Decision.TellSentinels tell:
                await _sentinels.MonitorEverywhereAsync(tell.Address, ct);
                return null;
            case Decision.Settled settled:
                if (_plan.Self.Has(NodeRole.Redis) && facts.Own.IsMaster && facts.Own.Priority != 0)
                    await _redis.SetPriorityAsync(_plan.Self, 0, ct);
                return await _ownSentinel.IsToldAsync(facts.Naming.Address!, facts, ct) ? settled.Sentence : null;
            default:
                return null;
        }
    }

    private async Task BootstrapAsync(ClusterFacts facts, JoinTeller teller, CancellationToken ct)
    {
        var told = await _sentinels.MonitorEverywhereAsync(facts.Own.Address, ct);
        if (told < _plan.SentinelMajority)
        {
            teller.SayDetail($"bootstrap: {told} of {_plan.SentinelNodes.Count} Sentinels took the master's name, {_plan.SentinelMajority} are needed");
            return;
        }

        teller.Bootstrapped = true;
        await RaiseAsync(facts, ct);
    }

    // No node ever accepts a write without its mark.
    private async Task RaiseAsync(ClusterFacts facts, CancellationToken ct)
    {
        _lifeMark.Write("");
        await _redis.ShowLifeAsync(_plan.Self, _lifeMark.Word, ct);
        await _redis.RaiseAsync(_plan.Self, ct);
        // One of an earlier lineage follows by itself, when it has kept its dataset aside.
        var lineage = _lifeMark.Word.Lineage;
        foreach (var node in facts.Others.Where(n => n is { Reachable: true, Loading: false }
            && n.MasterAddress != facts.Own.Address && n.Life != Life.Blank && !LifeWord.IsLater(lineage, n.Lineage)))
            await _redis.FollowAsync(_plan.DataNodes.First(n => n.Name == node.Node), facts.Own.Address, ct);
    }

    private async Task AskAsync(ClusterFacts facts, JoinTeller teller, CancellationToken ct)
    {
        var outcome = await _request.AskAsync(facts, ct);
        teller.SayDetail(outcome.Sentence);
        if (outcome.Asked)
            await _promotion.RepointAsync(_plan.Node, TimeSpan.FromSeconds(3), ct);
    }
}
