using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>One unit runs, on the configuration that stands on disk.</summary>
/// <param name="agent">The machine.</param>
/// <param name="name">The step's name.</param>
/// <param name="unit">The unit.</param>
/// <param name="config">The file that the process must have loaded; one that it reads only at its start need not be named.</param>
/// <param name="ports">Where it listens; whoever else does is named when it does not start.</param>
/// <param name="load">Makes the running process load it; by default systemd's reload.</param>
public sealed class ServiceStep(
    AgentContext agent, string name, string unit, string config, IReadOnlyList<(string Address, int Port)> ports, Func<CancellationToken, Task>? load = null) : IStep
{
    /// <inheritdoc/>
    public string Name => name;

    // Which text the process has loaded by a reload; one that started after the file was written needs no such mark.
    private string LoadedMark => $"/run/redishabake/loaded/{unit}";

    private string ConfigStamp => $"{agent.Root.WrittenAt(config)?.Ticks}\n";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        var state = await agent.Systemd.GetAsync(unit, ct);
        if (!state.Exists)
            return [new(unit, "a unit", "no such unit", $"install the package that brings {unit}")];
        if (Masked.Of(state) is { } masked)
            return [masked];
        if (!state.IsActive)
            return [new(unit, "running", $"{state.ActiveState} ({state.SubState})")];
        return HasLoaded(state) ? [] : [new(unit, $"{config} loaded", "started before that file was written")];
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var state = await agent.Systemd.GetAsync(unit, ct);
        if (state.IsMasked)
            return;
        if (!state.IsActive)
        {
            await agent.Systemd.ResetFailedAsync(unit, ct);
            await StartAsync(ct);
            state = await agent.Systemd.GetAsync(unit, ct);
        }

        if (state.IsActive && !HasLoaded(state))
        {
            var stamp = ConfigStamp;
            await (load?.Invoke(ct) ?? agent.Systemd.ReloadOrRestartAsync(unit, ct));
            agent.Root.Write(LoadedMark, stamp);
        }
    }

    private async Task StartAsync(CancellationToken ct)
    {
        try
        {
            await agent.Systemd.StartAsync(unit, ct);
        }
        catch (SystemdException e) when (new Listeners(agent.Root).On(ports).Where(l => l.Unit != unit).ToList() is { Count: > 0 } others)
        {
            throw new SystemdException($"{e.Message}; {string.Join("; ", others)}", e);
        }
    }

    private bool HasLoaded(UnitState state)
        => state.Started > agent.Root.WrittenAt(config) || agent.Root.Read(LoadedMark) == ConfigStamp;
}
