using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>A service manager with a memory: what it has read of unit files, what runs since when, what is enabled.</summary>
internal sealed class FakeSystemd(MachineRoot root, PowerCut cut) : ISystemd
{
    public SortedDictionary<string, FakeUnit> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>Every call that changed something, in order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Why it does not answer; empty while it does.</summary>
    public string Refuses { get; set; } = "";

    /// <summary>What else happens when a unit has started.</summary>
    public Action<string> Started { get; set; } = _ => { };

    /// <summary>What else happens when a unit was stopped.</summary>
    public Action<string> Stopped { get; set; } = _ => { };

    public Task StartAsync(string unit, CancellationToken ct = default) => ChangeAsync("start", unit, u => Start(unit, u), when: u => !u.Active);

    public Task StartNoBlockAsync(string unit, CancellationToken ct = default) => StartAsync(unit, ct);

    public Task RestartNoBlockAsync(string unit, CancellationToken ct = default) => RestartAsync(unit, ct);

    public Task StopAsync(string unit, CancellationToken ct = default) => ChangeAsync("stop", unit, u => Stop(unit, u), when: u => u.Active);

    public async Task RestartAsync(string unit, CancellationToken ct = default)
    {
        await StopAsync(unit, ct);
        await StartAsync(unit, ct);
    }

    public Task ReloadOrRestartAsync(string unit, CancellationToken ct = default) => ChangeAsync("reload", unit, _ => Started(unit), _ => true);

    public Task DaemonReloadAsync(CancellationToken ct = default)
    {
        cut.Moment();
        Changes.Add("daemon-reload");
        if (!root.Exists(FirewallNft.UnitPath))
            Units.Remove(FirewallNft.Unit);
        else
            Units.TryAdd(FirewallNft.Unit, new());
        foreach (var (name, unit) in Units)
            unit.KnownDropIn = root.Read(UnitDropIns.PathOf(name));
        cut.Moment();
        return Task.CompletedTask;
    }

    public async Task EnableAsync(IReadOnlyList<string> units, CancellationToken ct = default)
    {
        foreach (var unit in units)
            await ChangeAsync("enable", unit, u => u.Enabled = true, u => !u.Enabled);
    }

    public async Task DisableAsync(IReadOnlyList<string> units, CancellationToken ct = default)
    {
        foreach (var unit in units)
            await ChangeAsync("disable", unit, u => u.Enabled = false, u => u.Enabled);
    }

    public Task ResetFailedAsync(string unit, CancellationToken ct = default) => Task.CompletedTask;

    public Task<UnitState> GetAsync(string unit, CancellationToken ct = default)
    {
        cut.Moment();
        if (Refuses.Length > 0)
            throw new SystemdException(Refuses);
        if (!Units.TryGetValue(unit, out var u))
            return Task.FromResult(new UnitState(unit, "not-found", "inactive", "dead", "", "", 0, false));
        return Task.FromResult(new UnitState(
            unit,
            u.Masked ? "masked" : "loaded",
            u.Starting ? "activating" : u.Active ? "active" : "inactive",
            u.Starting ? "start" : u.Active ? "running" : "dead",
            u.Masked ? "masked" : u.Enabled ? "enabled" : "disabled",
            "success",
            u.Active ? 100 : 0,
            u.Masked || u.KnownDropIn != root.Read(UnitDropIns.PathOf(unit)))
        { Started = u.Started, Restarts = u.Restarts });
    }

    private void Start(string name, FakeUnit unit)
    {
        if (unit.Masked)
            throw new SystemdException($"{name} did not start: Unit {name} is masked.");
        if (unit.Fails.Length > 0)
            throw new SystemdException($"{name} did not start: {unit.Fails}");
        // Real time, because it is compared with the times of real files.
        (unit.Active, unit.Started, unit.StartedWith, unit.Restarts) = (true, DateTimeOffset.UtcNow, unit.KnownDropIn, 0);
        Started(name);
    }

    private void Stop(string name, FakeUnit unit)
    {
        unit.Active = false;
        Stopped(name);
    }

    private Task ChangeAsync(string verb, string name, Action<FakeUnit> change, Func<FakeUnit, bool> when)
    {
        cut.Moment();
        if (!Units.TryGetValue(name, out var unit))
            throw new SystemdException($"{name} not found");
        if (when(unit))
        {
            Changes.Add($"{verb} {name}");
            change(unit);
        }

        cut.Moment();
        return Task.CompletedTask;
    }
}
