using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>The ready stamp, written last: one for this boot, one that outlives it.</summary>
public sealed class ReadyStep(AgentContext agent, BootStory story, NoticeBoard board) : IStep
{
    /// <inheritdoc/>
    public string Name => "ready";

    /// <inheritdoc/>
    public Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Difference>>(
        [.. new[] { BootReport.DurableReadyFile, BootReport.ReadyFile }
            .Where(file => BootReport.Read(agent.Root, file) is null)
            .Select(file => new Difference(file, "the ready stamp", "none"))]);

    /// <inheritdoc/>
    public Task ApplyAsync(CancellationToken ct)
    {
        var report = story.Report(ready: agent.Clock.GetUtcNow());
        report.Write(agent.Root, BootReport.DurableReadyFile);
        report.Write(agent.Root, BootReport.ReadyFile);
        board.Clear();
        return Task.CompletedTask;
    }
}
