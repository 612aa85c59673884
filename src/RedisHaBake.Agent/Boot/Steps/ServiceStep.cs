using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>One unit runs, on the configuration that stands on disk.</summary>
/// <param name="agent">The machine.</param>
/// <param name="name">The step's name.</param>
/// <param name="unit">The unit.</param>
/// <param name="config">The file that the process must have loaded; one that it reads only at its start need not be named.</param>
/// <param name="load">Makes the running process load it; by default systemd's reload.</param>
public sealed class ServiceStep(
    AgentContext agent, string name, string unit, string config, Func<CancellationToken, Task>? load = null) : IStep
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
        if (!state.IsActive)
            return [new(unit, "running", $"{state.ActiveState} ({state.SubState})")];
        return HasLoaded(state) ? [] : [new(unit, $"{config} loaded", "started before that file was written")];
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var state = await agent.Systemd.GetAsync(unit, ct);
        if (!state.IsActive)
        {
            await agent.Systemd.ResetFailedAsync(unit, ct);
            await agent.Systemd.StartAsync(unit, ct);
            state = await agent.Systemd.GetAsync(unit, ct);
        }

        if (state.IsActive && !HasLoaded(state))
        {
            var stamp = ConfigStamp;
            await (load?.Invoke(ct) ?? agent.Systemd.ReloadOrRestartAsync(unit, ct));
            agent.Root.Write(LoadedMark, stamp);
        }
    }

    private bool HasLoaded(UnitState state)
        => state.Started > agent.Root.WrittenAt(config) || agent.Root.Read(LoadedMark) == ConfigStamp;
}
