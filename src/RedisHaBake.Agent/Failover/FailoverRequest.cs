using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// Asks Sentinel to promote a fit replica, at once, when the named master's Redis has ended or restarted: only that node asks, and only
/// after a vote. Sentinel alone would need down-after and more, or would never do it when the process is back in time.
/// </summary>
public sealed class FailoverRequest(AgentContext agent)
{
    private readonly Turns _turns = new(agent);
    private readonly SentinelRequest _request = new(agent.Plan);

    /// <summary>Asks the own Sentinel first, then the others in the plan's order, each after a vote for it.</summary>
    /// <param name="facts">What the cluster answered just now; this node is named in it.</param>
    /// <param name="ct">Gives up earlier.</param>
    public async Task<AskOutcome> AskAsync(ClusterFacts facts, CancellationToken ct)
    {
        if (facts.SentinelsAct)
            return new(true, "a failover is under way already");
        var refusals = new List<string>();
        foreach (var sentinel in facts.Sentinels.OrderByDescending(s => s.Node == agent.Plan.Node))
        {
            if (SentinelRequest.Unaskable(sentinel, facts) is { } reason)
            {
                refusals.Add($"{sentinel.Node}: {reason}");
                continue;
            }

            if (!await _turns.HasAsync(sentinel, facts, ct))
                return new(false, $"no turn: the vote for {sentinel.Node}'s Sentinel was not won; another failover may be under way");
            var answer = await _request.AskAsync(sentinel, ct);
            if (answer.Outcome == AskedFor.Begun)
                return new(true, $"{sentinel.Node}'s Sentinel fails over");
            // A second one asked while the first may have begun can make a second master.
            if (answer.Outcome == AskedFor.Unknown)
                return new(true, $"{sentinel.Node}'s Sentinel was asked to fail over and has not answered ({answer.Reason})");
            refusals.Add($"{sentinel.Node}: {answer.Reason}");
        }

        return new(false, "no Sentinel can be asked: " + string.Join("; ", refusals));
    }
}
