using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Cluster;

/// <summary>Where the cluster's Redises and Sentinels listen, as the agent's own user.</summary>
public sealed class ClusterEndpoints(NodePlan plan)
{
    /// <summary>The Redis of <paramref name="node"/>.</summary>
    public RespEndpoint Redis(PlannedNode node) => At(node.Address, plan.Ports.Redis);

    /// <summary>The Sentinel of <paramref name="node"/>.</summary>
    public RespEndpoint Sentinel(PlannedNode node) => At(node.Address, plan.Ports.Sentinel);

    /// <summary>Any port of any address, as the agent's own user.</summary>
    public RespEndpoint At(string address, int port) => new(address, port, InternalUsers.Agent, plan.Secrets.Agent);

    /// <summary>How long a peer may take to answer before it counts as not reached: a quarter of down-after, 0.25 to 1 s.</summary>
    public TimeSpan Timeout { get; } = TimeSpan.FromMilliseconds(Math.Clamp(plan.Failover.DownAfterMs / 4, 250, 1000));
}
