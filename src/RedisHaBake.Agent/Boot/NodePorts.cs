using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Boot;

/// <summary>Where each of a node's services listens, so that who has taken a port can be named.</summary>
public static class NodePorts
{
    private const string Loopback = "127.0.0.1";

    /// <summary>Redis's.</summary>
    public static IReadOnlyList<(string Address, int Port)> OfRedis(NodePlan plan) => [(plan.Self.Address, plan.Ports.Redis), (Loopback, plan.Ports.Redis)];

    /// <summary>Sentinel's.</summary>
    public static IReadOnlyList<(string Address, int Port)> OfSentinel(NodePlan plan) => [(plan.Self.Address, plan.Ports.Sentinel), (Loopback, plan.Ports.Sentinel)];

    /// <summary>HAProxy's, but those of the addresses that move, where it shares the port with Redis.</summary>
    public static IReadOnlyList<(string Address, int Port)> OfHaproxy(NodePlan plan) =>
        [(plan.Self.Address, plan.Ports.Write), (plan.Self.Address, plan.Ports.Read), (plan.Self.Address, plan.Ports.Stats)];
}
