using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>The ready stamp, written last.</summary>
public sealed class ReadyStep(AgentContext agent, BootStory story) : IStep
{
    /// <inheritdoc/>
    public string Name => "ready";

    /// <inheritdoc/>
    public Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Difference>>(
        [.. ReadyStamp.Files.Where(file => BootReport.Read(agent.Root, file) is null).Select(file => new Difference(file, "the ready stamp", "none"))]);

    /// <inheritdoc/>
    public Task ApplyAsync(CancellationToken ct)
    {
        new ReadyStamp(agent).Write(story);
        return Task.CompletedTask;
    }
}
