using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Failover;

/// <summary>Wins a vote at most once per incident and asked Sentinel, and backs off after a lost one.</summary>
public sealed class Turns(AgentContext agent)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);
    private readonly Vote _vote = new(agent.Plan);

    // Those that a full /run did not take: this process at least keeps to them.
    private readonly List<Turn> _unwritten = [];

    /// <summary>A vote, and the silence that it imposes on the other voters, last twice the failover-timeout.</summary>
    private TimeSpan Silence => TimeSpan.FromMilliseconds(2.0 * agent.Plan.Failover.TimeoutMs);

    /// <summary>Whether it is this node's turn to have <paramref name="sentinel"/> fail over.</summary>
    public async Task<bool> HasAsync(SentinelView sentinel, ClusterFacts facts, CancellationToken ct)
    {
        var now = agent.Clock.GetUtcNow();
        var turns = Turn.ReadAll(agent.Root).Concat(_unwritten).Where(t => t.ConfigEpoch == facts.Naming.Epoch && IsRecent(now - t.At)).ToList();
        if (turns.Any(t => t.Won && t.Asked == sentinel.MyId))
            return true;
        if (turns.Any(t => !t.Won))
            return false;

        var won = await _vote.WinAsync(sentinel.MyId, facts.Sentinels, ct);
        // A loser comes back a random moment later than it must, so that two losers do not meet again.
        var at = won ? now : now + (Random.Shared.NextDouble() * LongestDelay);
        Remember(new(sentinel.MyId, facts.Naming.Epoch, won, at));
        return won;
    }

    // One of the future is of a clock that was ahead, as before a first correction of the time.
    private bool IsRecent(TimeSpan age) => age < Silence && age > -LongestDelay;

    private void Remember(Turn turn)
    {
        try
        {
            turn.Remember(agent.Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unwritten.Add(turn);
        }
    }
}
