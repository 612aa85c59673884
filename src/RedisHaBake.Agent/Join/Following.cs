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
    private bool _told;

    /// <summary>The next step towards following <paramref name="master"/>.</summary>
    /// <returns>The closing sentence once this node is a synced replica; null to look again.</returns>
    public async Task<string?> StepAsync(string master, ClusterFacts facts, CancellationToken ct)
    {
        // Once more where it knows the master: whoever told it may have been interrupted before the settings.
        if (!_told && facts.OwnSentinel is { Reachable: true } sentinel && (sentinel.Names is null || sentinel.Names.Address == master))
            _told = await _sentinels.MonitorAsync(_plan.Self, master, ct);
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
        var node = facts.DataNodes.First(n => n.Address == master);
        _lifeMark.Write(node.Lineage);
        await _redis.ShowLifeAsync(_plan.Self, _lifeMark.Word, ct);
        await _redis.SetPriorityAsync(_plan.Self, 100, ct);
        return $"synced with {node.Node}; this node is a replica that may be promoted";
    }
}
