using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// Gives this node's own Sentinel the plan's settings once more before the node is settled: whoever told it whom to monitor may have been
/// interrupted before the settings, and a Sentinel without a password for the data nodes sees all of them as down.
/// </summary>
public sealed class OwnSentinel(AgentContext agent)
{
    // It hears of a failover elsewhere by the others' hello, every two seconds. One that still names another master by then has another
    // trouble, which shall not keep the node from being a member.
    private static readonly TimeSpan _spread = TimeSpan.FromSeconds(30);

    private readonly SentinelOrders _orders = new(agent.Plan);
    private long? _since;
    private bool _told;

    /// <summary>Tells it, as soon as it names <paramref name="master"/> or nobody.</summary>
    /// <returns>Whether nothing is left to wait for: it has the settings, there is none, it does not answer, or it names another for too long.</returns>
    public async Task<bool> IsToldAsync(string master, ClusterFacts facts, CancellationToken ct)
    {
        if (_told || facts.OwnSentinel is not { Reachable: true } sentinel)
            return true;
        _since ??= agent.Clock.GetTimestamp();
        if (sentinel.Names is null || sentinel.Names.Address == master)
            _told = await _orders.MonitorAsync(agent.Plan.Self, master, ct);
        return _told || agent.Clock.GetElapsedTime(_since.Value) > _spread;
    }
}
