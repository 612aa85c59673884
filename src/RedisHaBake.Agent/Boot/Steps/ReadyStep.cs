using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>The ready stamp that outlives the boot. The one of this boot is written when the sequence has ended.</summary>
public sealed class ReadyStep(AgentContext agent, BootStory story) : IStep
{
    /// <inheritdoc/>
    public string Name => "ready";

    /// <inheritdoc/>
    public Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Difference>>(
        BootReport.Read(agent.Root, BootReport.DurableReadyFile) is null ? [new(BootReport.DurableReadyFile, "the ready stamp", "none")] : []);

    /// <inheritdoc/>
    public Task ApplyAsync(CancellationToken ct)
    {
        new ReadyStamp(agent).WriteDurable(story);
        return Task.CompletedTask;
    }
}
