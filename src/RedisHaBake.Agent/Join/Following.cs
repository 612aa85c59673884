using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Join;

/// <summary>Makes this node a synced replica of a master, one step at a look: re-point, wait for the sync, then mark it fit.</summary>
public sealed class Following(AgentContext agent)
{
    private readonly NodePlan _plan = agent.Plan;
    private readonly LifeMark _lifeMark = new(agent.Root, agent.Plan);
    private readonly RedisOrders _redis = new(agent.Plan);
    private readonly SentinelOrders _sentinels = new(agent.Plan);

    /// <summary>The next step towards following <paramref name="master"/>.</summary>
    /// <returns>The closing sentence once this node is a synced replica; null to look again.</returns>
    public async Task<string?> StepAsync(string master, ClusterFacts facts, CancellationToken ct)
    {
        if (facts.OwnSentinel is { Reachable: true, Names: null })
            await _sentinels.MonitorAsync(_plan.Self, master, ct);
        var own = facts.Own;
        if (!own.Reachable || own.Loading)
            return null;
        if (own.IsMaster || own.MasterAddress != master)
        {
            // Whatever it was before, from here on its data is the master's or nothing: unfit until the sync is complete.
            await _redis.SetPriorityAsync(_plan.Self, 0, ct);
            await _redis.FollowAsync(_plan.Self, master, ct);
            return null;
        }

        if (!own.Synced)
            return null;
        _lifeMark.Write();
        await _redis.ShowLifeMarkAsync(_plan.Self, ct);
        await _redis.SetPriorityAsync(_plan.Self, 100, ct);
        return $"synced with {facts.DataNodes.First(n => n.Address == master).Node}; this node is a replica that may be promoted";
    }
}
