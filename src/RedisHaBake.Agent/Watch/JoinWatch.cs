using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Puts up where a person looks what a join waits for that does not settle: at a later boot, or when Redis was started again. The boot
/// sequence does so while it waits itself.
/// </summary>
public sealed class JoinWatch(AgentContext agent)
{
    // A join that only syncs is over before.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly NoticeBoard _board = new(agent);
    private string _shown = "";
    private DateTimeOffset? _waitsSince;

    /// <summary>Looks until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        for (; ; await Task.Delay(Pause, agent.Clock, ct))
            Look();
    }

    /// <summary>One look.</summary>
    public void Look()
    {
        if (JoinState.Read(agent.Root) is not { State: not JoinPhase.Settled } waiting)
        {
            if (_shown.Length > 0)
                _board.Clear();
            (_shown, _waitsSince) = ("", null);
            return;
        }

        _waitsSince ??= agent.Clock.GetUtcNow();
        if (agent.Clock.GetUtcNow() - _waitsSince < Patience || waiting.Sentence == _shown)
            return;
        // Who goes through the steps has put it up already.
        if (agent.Root.Read(NoticeBoard.File)?.Contains(waiting.Sentence, StringComparison.Ordinal) != true)
            _board.Put(waiting.Sentence);
        _shown = waiting.Sentence;
    }
}
