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
    private (string Master, string Lineage)? _fit;

    /// <summary>The next step towards following <paramref name="master"/>.</summary>
    /// <param name="master">Its address.</param>
    /// <param name="told">Whether the Sentinel beside it has its settings: until then the node is not settled.</param>
    /// <param name="facts">What was seen.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The closing sentence once this node is a synced replica; null to look again.</returns>
    public async Task<string?> StepAsync(string master, bool told, ClusterFacts facts, CancellationToken ct)
    {
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
        // A look that only waits for the Sentinel beside it shall not write to the disk five times a second.
        if (_fit != (master, node.Lineage) || own.Priority != 100)
        {
            _lifeMark.Write(node.Lineage);
            await _redis.ShowLifeAsync(_plan.Self, _lifeMark.Word, ct);
            await _redis.SetPriorityAsync(_plan.Self, 100, ct);
            _fit = (master, node.Lineage);
        }

        return told ? $"synced with {node.Node}; this node is a replica that may be promoted" : null;
    }
}
