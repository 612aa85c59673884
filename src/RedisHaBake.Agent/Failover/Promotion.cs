using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// Waits for the new master and re-points the other replicas at once: with min-replicas-to-write 1 it answers NOREPLICAS until one
/// follows it, and Sentinel itself does this up to a second later. Its priority is taken from it, so that it is not promoted again
/// without having synced, should it hang and come back.
/// </summary>
public sealed class Promotion(AgentContext agent)
{
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private readonly RedisOrders _orders = new(agent.Plan);

    /// <summary>Looks every 20 ms for a data node other than <paramref name="former"/> that says role:master.</summary>
    /// <param name="former">The node that was master.</param>
    /// <param name="limit">How long to look.</param>
    /// <param name="ct">Gives up earlier.</param>
    /// <returns>The new master, or null where none showed.</returns>
    public Task<PlannedNode?> RepointAsync(string former, TimeSpan limit, CancellationToken ct)
        => RepointAsync([.. _plan.DataNodes.Where(n => n.Name != former)], former, limit, ct);

    /// <summary>The same, where it is known who will be master.</summary>
    public Task<PlannedNode?> RepointAsync(string former, PlannedNode heir, TimeSpan limit, CancellationToken ct)
        => RepointAsync([heir], former, limit, ct);

    private async Task<PlannedNode?> RepointAsync(List<PlannedNode> candidates, string former, TimeSpan limit, CancellationToken ct)
    {
        // Each is looked at in a loop of its own, so that one which never answers does not slow the others down.
        using var found = CancellationTokenSource.CreateLinkedTokenSource(ct);
        found.CancelAfter(limit);
        var looks = candidates.Select(n => AwaitMasterAsync(n, found.Token)).ToList();
        PlannedNode? master = null;
        while (looks.Count > 0 && master is null)
        {
            var first = await Task.WhenAny(looks);
            looks.Remove(first);
            master = await first;
        }

        if (master is not null)
        {
            await Task.WhenAll(_plan.DataNodes.Where(n => n != master && n.Name != former).Select(n => PointAsync(n, master.Address, ct))
                .Append(TryAsync(() => _orders.SetPriorityAsync(master, 0, ct))));
        }

        await found.CancelAsync();
        return master;
    }

    /// <summary>Makes <paramref name="heir"/> master, keeping its priority, and re-points the other data nodes.</summary>
    public async Task RaiseAsync(PlannedNode heir, CancellationToken ct)
    {
        await _orders.StopFollowingAsync(heir, ct);
        await Task.WhenAll(_plan.DataNodes.Where(n => n != heir).Select(n => PointAsync(n, heir.Address, ct)));
    }

    /// <summary>Makes the replica that Sentinel has just selected master: Sentinel tells it the same at its next tick, up to 0.1 s later.</summary>
    public async Task PromoteAsync(PlannedNode heir, CancellationToken ct)
    {
        try
        {
            await _orders.StopFollowingAsync(heir, ct);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            // Sentinel does it.
        }
    }

    private async Task<PlannedNode?> AwaitMasterAsync(PlannedNode node, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if ((await _observer.LookAtRedisAsync(node, ct)).IsMaster)
                    return node;
                await Task.Delay(TimeSpan.FromMilliseconds(20), agent.Clock, ct);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits until a majority of Sentinels names a node other than <paramref name="former"/>.</summary>
    public async Task<bool> NamedAsync(string former, TimeSpan limit, CancellationToken ct)
    {
        var address = _plan.Nodes.First(n => n.Name == former).Address;
        var start = agent.Clock.GetTimestamp();
        while (agent.Clock.GetElapsedTime(start) < limit)
        {
            var facts = await _observer.ObserveAsync(ct);
            if (facts.Naming.Address is { } named && named != address)
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50), agent.Clock, ct);
        }

        return false;
    }

    private Task PointAsync(PlannedNode node, string address, CancellationToken ct) => TryAsync(() => _orders.FollowAsync(node, address, ct));

    private static async Task TryAsync(Func<Task> order)
    {
        try
        {
            await order();
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            // Sentinel re-points it later, and the new master's own watch takes its priority; only slower.
        }
    }
}
