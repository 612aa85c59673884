using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// After each end of Redis, clean or not: where Sentinel still names this node and no other is master, the failover is asked for at once.
/// It stays until another node is named, at most 3 s: at a shutdown the own Sentinel is stopped next, and with it the failover.
/// </summary>
internal static class RedisStopped
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(AgentContext agent, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        var start = agent.Clock.GetTimestamp();
        var plan = agent.Plan;
        try
        {
            var outcome = await AskAsync(agent, limit.Token);
            if (outcome is null)
                return;
            agent.Journal.Say(Severity.Notice, $"Redis ended while this node was named master: {outcome.Sentence}", (Field.Node, plan.Node));
            if (!outcome.Asked)
                return;
            var promotion = new Promotion(agent);
            if (await promotion.RepointAsync(plan.Node, Limit, limit.Token) is not { } master)
                return;
            agent.Journal.Say(
                Severity.Notice,
                $"{master.Name} is master, {agent.Clock.GetElapsedTime(start).TotalMilliseconds:0} ms after Redis ended here",
                (Field.Node, plan.Node), (Field.Peer, master.Name));
            await promotion.NamedAsync(plan.Node, Limit, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            agent.Journal.Say(Severity.Warning, "no other node was named master within 3 s after Redis ended here; the Sentinels go on by themselves", (Field.Node, plan.Node));
        }
    }

    /// <summary>Null where there is nothing to ask for: another node is named, or is master already.</summary>
    private static async Task<AskOutcome?> AskAsync(AgentContext agent, CancellationToken ct)
    {
        var plan = agent.Plan;
        var observer = new ClusterObserver(plan, new LifeMark(agent.Root, plan), agent.Clock);
        var request = new FailoverRequest(agent);
        while (true)
        {
            var facts = await observer.ObserveAsync(ct);
            if (facts.Naming.Address != plan.Self.Address || facts.Others.Any(n => n.IsMaster))
                return null;
            var outcome = await request.AskAsync(facts, ct);
            // A replica that is fit and that no Sentinel knows as such yet (it reads INFO once a second) is worth waiting for; without
            // one, systemd shall restart Redis here at once.
            if (outcome.Asked || !facts.Others.Any(n => n.Fit))
                return outcome;
            await Task.Delay(TimeSpan.FromMilliseconds(50), agent.Clock, ct);
        }
    }
}
