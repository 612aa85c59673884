using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Cluster;

/// <summary>What the agent tells a Redis.</summary>
public sealed class RedisOrders(NodePlan plan)
{
    private readonly ClusterEndpoints _endpoints = new(plan);

    /// <summary>Makes the Redis of <paramref name="node"/> a replica of <paramref name="address"/>.</summary>
    /// <exception cref="RespException">It refused, for instance because it is loading.</exception>
    /// <exception cref="RespUnreachableException">It was not reached.</exception>
    public Task FollowAsync(PlannedNode node, string address, CancellationToken ct)
        => CallAsync(node, ct, ["REPLICAOF", address, plan.Ports.Redis.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    /// <summary>
    /// Makes the Redis of <paramref name="node"/> a master, with priority 0 first: should it lose its role without restarting, it must
    /// not be promoted again before it has synced.
    /// </summary>
    public Task RaiseAsync(PlannedNode node, CancellationToken ct)
        => CallAsync(node, ct, ["CONFIG", "SET", "replica-priority", "0"], ["REPLICAOF", "NO", "ONE"]);

    /// <summary>Makes the Redis of <paramref name="node"/> a master and leaves its priority, by which a Sentinel shall choose it.</summary>
    public Task StopFollowingAsync(PlannedNode node, CancellationToken ct) => CallAsync(node, ct, ["REPLICAOF", "NO", "ONE"]);

    /// <summary>Lets the writes go on that a hand-over held.</summary>
    public Task UnpauseAsync(PlannedNode node, CancellationToken ct) => CallAsync(node, ct, ["CLIENT", "UNPAUSE"]);

    /// <summary>Sets replica-priority: 100 for a synced replica, 0 for everybody else.</summary>
    public Task SetPriorityAsync(PlannedNode node, int priority, CancellationToken ct)
        => CallAsync(node, ct, ["CONFIG", "SET", "replica-priority", priority.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    /// <summary>Shows the peers of <paramref name="node"/> what its disk says of its past.</summary>
    public Task ShowLifeAsync(PlannedNode node, LifeWord word, CancellationToken ct)
        => CallAsync(node, ct, ["CONFIG", "SET", RedisConf.LifeMarkSetting, word.ToString()]);

    private async Task CallAsync(PlannedNode node, CancellationToken ct, params string[][] commands)
    {
        await using var redis = await RespClient.ConnectAsync(_endpoints.Redis(node), _endpoints.Timeout, ct);
        foreach (var reply in await redis.CallAllAsync(commands, ct))
            reply.OrThrow();
    }
}
