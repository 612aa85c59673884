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

    /// <summary>Asks, where CKQUORUM holds and it still names whom it named a moment ago: else it would move the role on once more.</summary>
    public async Task<SentinelAnswer> AskAsync(SentinelView view, CancellationToken ct)
    {
        var node = plan.SentinelNodes.First(n => n.Name == view.Node);
        var sent = false;
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            var named = await sentinel.CallAsync(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", plan.MasterName], ct);
            if (view.Names is { } names && (named.OrThrow().Items is not [var address, ..] || address.Text != names.Address))
                return new(AskedFor.Refused, "names another master by now");
            var quorum = await sentinel.CallAsync(["SENTINEL", "CKQUORUM", plan.MasterName], ct);
            if (quorum.IsError)
                return new(AskedFor.Refused, quorum.Text);
            sent = true;
            var reply = await sentinel.CallAsync(["SENTINEL", "FAILOVER", plan.MasterName], ct);
            return reply.IsOk || reply.ErrorCode == "INPROG" ? SentinelAnswer.Begun : new(AskedFor.Refused, reply.AsText());
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return new(sent ? AskedFor.Unknown : AskedFor.Refused, e.Message);
        }
    }
}
