using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// Asks Sentinel to promote a fit replica, at once, when the named master's Redis has ended or restarted: only that node asks, and only
/// after a vote. Sentinel alone would need down-after and more, or would never do it when the process is back in time.
/// </summary>
public sealed class FailoverRequest(AgentContext agent)
{
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);
    private readonly Vote _vote = new(agent.Plan);

    /// <summary>A vote and the silence after it last twice the failover-timeout.</summary>
    private TimeSpan Silence => TimeSpan.FromMilliseconds(2.0 * _plan.Failover.TimeoutMs);

    /// <summary>Asks the own Sentinel first, then the others in the plan's order, each after a vote for it.</summary>
    /// <param name="facts">What the cluster answered just now; this node is named in it.</param>
    /// <param name="ct">Gives up earlier.</param>
    public async Task<AskOutcome> AskAsync(ClusterFacts facts, CancellationToken ct)
    {
        if (facts.SentinelsAct)
            return new(true, "the Sentinels are failing over by themselves; theirs goes first");
        var refusals = new List<string>();
        foreach (var sentinel in facts.Sentinels.OrderByDescending(s => s.Node == _plan.Node))
        {
            if (Unaskable(sentinel, facts) is { } reason)
            {
                refusals.Add($"{sentinel.Node}: {reason}");
                continue;
            }

            if (!await HasTurnAsync(sentinel, facts, ct))
                return new(false, $"no turn: the vote for {sentinel.Node}'s Sentinel was not won; another failover may be under way");
            var answer = await AskOneAsync(sentinel, ct);
            if (answer is null)
                return new(true, $"{sentinel.Node}'s Sentinel fails over");
            refusals.Add($"{sentinel.Node}: {answer}");
        }

        return new(false, "no Sentinel can be asked: " + string.Join("; ", refusals));
    }

    private static string? Unaskable(SentinelView sentinel, ClusterFacts facts)
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

    private async Task<bool> HasTurnAsync(SentinelView sentinel, ClusterFacts facts, CancellationToken ct)
    {
        var now = agent.Clock.GetUtcNow();
        if (Turn.Read(agent.Root) is { } turn && turn.ConfigEpoch == facts.Naming.Epoch && now - turn.At < Silence)
        {
            if (turn.Won && turn.Asked == sentinel.MyId)
                return true;
            if (!turn.Won)
                return false;
        }

        var won = await _vote.WinAsync(sentinel.MyId, facts.Sentinels, ct);
        new Turn(sentinel.MyId, facts.Naming.Epoch, won, now).Write(agent.Root);
        return won;
    }

    /// <summary>Null when it began or had begun; else its refusal.</summary>
    private async Task<string?> AskOneAsync(SentinelView view, CancellationToken ct)
    {
        var node = _plan.SentinelNodes.First(n => n.Name == view.Node);
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            var quorum = await sentinel.CallAsync(["SENTINEL", "CKQUORUM", _plan.MasterName], ct);
            if (quorum.IsError)
                return quorum.Text;
            var reply = await sentinel.CallAsync(["SENTINEL", "FAILOVER", _plan.MasterName], ct);
            return reply.IsOk || reply.ErrorCode == "INPROG" ? null : reply.AsText();
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return e.Message;
        }
    }
}
