using RedisHaBake.Agent.Cluster;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Failover;

/// <summary>SENTINEL FAILOVER to one Sentinel, where it can be trusted to act on it.</summary>
public sealed class SentinelRequest(NodePlan plan)
{
    private readonly ClusterEndpoints _endpoints = new(plan);

    /// <summary>Why <paramref name="sentinel"/> must not be asked, or null.</summary>
    public static string? Unaskable(SentinelView sentinel, ClusterFacts facts)
    {
        if (!sentinel.Reachable)
            return "not reached";
        if (sentinel.Names?.Address != facts.Naming.Address)
            return "names another master";
        // A Sentinel in TILT answers OK to SENTINEL FAILOVER and does nothing.
        if (sentinel.Tilt)
            return "in TILT";
        return sentinel.Replicas.Any(r => r.Fit) ? null : "sees no fit replica";
    }

    /// <summary>Asks; null when it has begun or had begun, else its refusal.</summary>
    public async Task<string?> AskAsync(SentinelView view, CancellationToken ct)
    {
        var node = plan.SentinelNodes.First(n => n.Name == view.Node);
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            var quorum = await sentinel.CallAsync(["SENTINEL", "CKQUORUM", plan.MasterName], ct);
            if (quorum.IsError)
                return quorum.Text;
            var reply = await sentinel.CallAsync(["SENTINEL", "FAILOVER", plan.MasterName], ct);
            return reply.IsOk || reply.ErrorCode == "INPROG" ? null : reply.AsText();
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return e.Message;
        }
    }
}
