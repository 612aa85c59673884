using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// Waits for the join unit, which alone decides what this node's Redis shall be, for ever if need be, and shows a person what it
/// is waiting for.
/// </summary>
public sealed class JoinStep(AgentContext agent, NoticeBoard board) : IStep
{
    private const int LooksBetweenUnitChecks = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public string Name => "join";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        if (Masked.Of(await agent.Systemd.GetAsync(UnitDropIns.JoinUnit, ct)) is { } masked)
            return [masked];
        var state = JoinState.Read(agent.Root);
        return state?.State == JoinPhase.Settled ? [] : [new("join", "a settled member of the cluster", state?.Sentence ?? "not joined yet")];
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var shown = "";
        for (var look = 0; ; look++)
        {
            var state = JoinState.Read(agent.Root);
            if (state?.State == JoinPhase.Settled)
            {
                board.Clear();
                return;
            }

            if (state is not null && state.Sentence != shown)
            {
                shown = state.Sentence;
                board.Put(shown);
            }

            // Redis pulls the join in at each start. One that an interruption left without it is given one.
            if (look % LooksBetweenUnitChecks == 0)
            {
                var unit = await agent.Systemd.GetAsync(UnitDropIns.JoinUnit, ct);
                if (unit.IsMasked)
                    return;
                if (unit.ActiveState is "inactive" or "failed" && JoinState.Read(agent.Root)?.State != JoinPhase.Settled)
                    await agent.Systemd.StartNoBlockAsync(UnitDropIns.JoinUnit, ct);
            }

            await Task.Delay(Pause, agent.Clock, ct);
        }
    }
}
