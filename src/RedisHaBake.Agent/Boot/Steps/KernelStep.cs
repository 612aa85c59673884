using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>Kernel settings: the files that hold at every boot, and the values now.</summary>
public sealed class KernelStep(AgentContext agent, BootStory story) : IStep
{
    private readonly ManagedFileSet _files = new(agent.Root);

    /// <inheritdoc/>
    public string Name => "kernel";

    private ManagedFile[] Files => [SysctlConf.File(agent.Plan), HugepagesConf.File(agent.Plan)];

    /// <inheritdoc/>
    public Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        var settings = KernelSettings.Of(agent.Root, agent.Plan.Kernel);
        // A container shows its host's kernel read-only. What cannot be changed from here is no reason to stop.
        var unchangeable = settings.Where(s => !s.IsRight && !s.IsWritable).ToList();
        if (unchangeable.Count > 0)
        {
            story.Note((KernelSettings.InContainer(agent.Root) ? "a container: its kernel belongs to the host and cannot be set from here: " : "this kernel does not let itself be set: ")
                + string.Join(", ", unchangeable.Select(s => $"{s.Name} is {s.Found}, planned {s.Expected}")));
        }

        return Task.FromResult<IReadOnlyList<Difference>>(
        [
            .. _files.Compare(Files),
            .. settings.Where(s => !s.IsRight && s.IsWritable).Select(s => new Difference(s.Name, s.Expected, s.Found)),
        ]);
    }

    /// <inheritdoc/>
    public Task ApplyAsync(CancellationToken ct)
    {
        foreach (var file in Files.Where(f => _files.Compare(f) is not null))
            _files.Write(file);
        foreach (var setting in KernelSettings.Of(agent.Root, agent.Plan.Kernel).Where(s => !s.IsRight && s.IsWritable))
            agent.Root.Poke(setting.Path, setting.Expected);
        return Task.CompletedTask;
    }
}
