using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// Makes every Sentinel choose one replica: by the lowest priority above 0, which they learn from INFO, up to a second later. A choice
/// that is not shown yet is no choice: Sentinel then promotes another replica.
/// </summary>
public sealed class Pinning(AgentContext agent)
{
    /// <summary>The priority of the chosen replica; the watch leaves it alone for a while.</summary>
    public const int Priority = 1;

    /// <summary>For how long a choice is taken for somebody's work under way, and then for what an interrupted one left behind.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private readonly RedisOrders _orders = new(agent.Plan);

    /// <summary>Pins <paramref name="heir"/> and waits for a Sentinel that may be asked and shows it; the own one first.</summary>
    /// <returns>That Sentinel, or null and why each could not be asked.</returns>
    public async Task<(SentinelView? Sentinel, string Reason)> PinAsync(PlannedNode heir, CancellationToken ct)
    {
        await _orders.SetPriorityAsync(heir, Priority, ct);
        var start = agent.Clock.GetTimestamp();
        var reasons = "";
        while (agent.Clock.GetElapsedTime(start) < Limit)
        {
            var facts = await _observer.ObserveAsync(ct);
            var verdicts = facts.Sentinels.OrderByDescending(s => s.Node == agent.Plan.Node)
                .Select(s => (Sentinel: s, Reason: SentinelRequest.Unaskable(s, facts) ?? (Shows(s, heir) ? null : "does not show the choice yet")))
                .ToList();
            if (verdicts.FirstOrDefault(v => v.Reason is null).Sentinel is { } askable)
                return (askable, "");
            reasons = string.Join("; ", verdicts.Select(v => $"{v.Sentinel.Node}: {v.Reason}"));
            await Task.Delay(TimeSpan.FromMilliseconds(50), agent.Clock, ct);
        }

        return (null, "no Sentinel can be asked: " + reasons);
    }

    private static bool Shows(SentinelView sentinel, PlannedNode heir)
        => sentinel.Replicas.Any(r => r.Address == heir.Address && r.Fit && r.Priority == Priority);
}
