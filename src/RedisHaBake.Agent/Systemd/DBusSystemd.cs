using Tmds.DBus.Protocol;

namespace RedisHaBake.Agent.Systemd;

/// <summary>systemd over the system bus. Connects at the first call, and anew where the bus was restarted; safe for several callers at once.</summary>
public sealed class DBusSystemd : ISystemd, IDisposable
{
    private const string UnitInterface = "org.freedesktop.systemd1.Unit";
    private const string ServiceInterface = "org.freedesktop.systemd1.Service";
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(2);

    private readonly JobEnds _ends = new();
    private readonly SemaphoreSlim _opening = new(1);
    private SystemBus? _bus;

    /// <inheritdoc/>
    public Task StartAsync(string unit, CancellationToken ct = default) => RunJobAsync("StartUnit", "start", unit, ct);

    /// <inheritdoc/>
    public Task StartNoBlockAsync(string unit, CancellationToken ct = default) => OnBusAsync(bus => bus.QueueJobAsync("StartUnit", unit, ct), ct);

    /// <inheritdoc/>
    public Task RestartNoBlockAsync(string unit, CancellationToken ct = default) => OnBusAsync(bus => bus.QueueJobAsync("RestartUnit", unit, ct), ct);

    /// <inheritdoc/>
    public Task StopAsync(string unit, CancellationToken ct = default) => RunJobAsync("StopUnit", "stop", unit, ct);

    /// <inheritdoc/>
    public Task RestartAsync(string unit, CancellationToken ct = default) => RunJobAsync("RestartUnit", "restart", unit, ct);

    /// <inheritdoc/>
    public Task ReloadOrRestartAsync(string unit, CancellationToken ct = default) => RunJobAsync("ReloadOrRestartUnit", "reload", unit, ct);

    /// <inheritdoc/>
    public Task DaemonReloadAsync(CancellationToken ct = default) => DoAsync(bus => bus.CallAsync("Reload", [], ct), ct);

    /// <inheritdoc/>
    public Task EnableAsync(IReadOnlyList<string> units, CancellationToken ct = default) => DoAsync(
        async bus =>
        {
            await bus.CallUnitFilesAsync("EnableUnitFiles", units, [false, false], ct);
            await bus.CallAsync("Reload", [], ct);
        },
        ct);

    /// <inheritdoc/>
    public Task DisableAsync(IReadOnlyList<string> units, CancellationToken ct = default) => DoAsync(
        async bus =>
        {
            await bus.CallUnitFilesAsync("DisableUnitFiles", units, [false], ct);
            await bus.CallAsync("Reload", [], ct);
        },
        ct);

    /// <inheritdoc/>
    public async Task ResetFailedAsync(string unit, CancellationToken ct = default)
    {
        try
        {
            await DoAsync(bus => bus.CallAsync("ResetFailedUnit", [unit], ct), ct);
        }
        catch (SystemdException e) when (e.ErrorName == "org.freedesktop.systemd1.NoSuchUnit")
        {
            // What is not loaded has not failed.
        }
    }

    /// <inheritdoc/>
    public Task<UnitState> GetAsync(string unit, CancellationToken ct = default) => OnBusAsync(bus => ReadAsync(bus, unit, ct), ct);

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _bus?.Dispose();
        _opening.Dispose();
    }

    private static async Task<UnitState> ReadAsync(SystemBus bus, string unit, CancellationToken ct)
    {
        var path = await bus.LoadUnitAsync(unit, ct);
        var isService = unit.EndsWith(".service", StringComparison.Ordinal);
        async Task<string> TextAsync(string property) => (await bus.GetAsync(path, UnitInterface, property, ct)).GetString();
        async Task<T> OfServiceAsync<T>(string property, Func<VariantValue, T> read, T otherwise)
            => isService ? read(await bus.GetAsync(path, ServiceInterface, property, ct)) : otherwise;

        var startedUs = await OfServiceAsync("ExecMainStartTimestamp", v => v.GetUInt64(), 0UL);
        return new UnitState(
            unit,
            await TextAsync("LoadState"),
            await TextAsync("ActiveState"),
            await TextAsync("SubState"),
            await TextAsync("UnitFileState"),
            await OfServiceAsync("Result", v => v.GetString(), ""),
            (int)await OfServiceAsync("MainPID", v => v.GetUInt32(), 0U),
            (await bus.GetAsync(path, UnitInterface, "NeedDaemonReload", ct)).GetBool())
        {
            Started = startedUs == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(startedUs),
            Restarts = (int)await OfServiceAsync("NRestarts", v => v.GetUInt32(), 0U),
        };
    }

    private async Task RunJobAsync(string method, string verb, string unit, CancellationToken ct)
    {
        using var watch = _ends.Watch();
        var job = await OnBusAsync(bus => bus.QueueJobAsync(method, unit, ct), ct);
        var result = await EndAsync(job, verb, unit, ct);
        if (result is "done" or "skipped")
            return;
        var state = await GetAsync(unit, ct);
        throw new SystemdException(
            $"{unit} did not {verb}: the job ended with \"{result}\", the unit is {state.ActiveState} ({state.SubState}"
            + (state.Result.Length > 0 ? $", result {state.Result}" : "") + $"); see `journalctl -u {unit} -n 50`");
    }

    private async Task<string> EndAsync(string job, string verb, string unit, CancellationToken ct)
    {
        var end = _ends.Of(job);
        while (true)
        {
            try
            {
                return await end.WaitAsync(_lookAgain, ct);
            }
            catch (TimeoutException)
            {
                // What ended on a connection that is lost is not told on the new one. On this one its end is told before this answer.
                if (!await OnBusAsync(bus => bus.HasJobAsync(job, ct), ct) && !end.IsCompleted)
                    return (await GetAsync(unit, ct)).IsActive == (verb != "stop") ? "done" : "lost";
            }
        }
    }

    private Task<bool> DoAsync(Func<SystemBus, Task> call, CancellationToken ct) => OnBusAsync(
        async bus =>
        {
            await call(bus);
            return true;
        },
        ct);

    private async Task<T> OnBusAsync<T>(Func<SystemBus, Task<T>> call, CancellationToken ct)
    {
        var bus = await BusAsync(null, ct);
        try
        {
            return await call(bus);
        }
        catch (Exception e) when (IsLost(e))
        {
            // The bus was restarted under us, or another caller, whom that met first, has closed what was left of it. Every call may be repeated.
            try
            {
                return await call(await BusAsync(bus, ct));
            }
            catch (Exception again) when (IsLost(again))
            {
                throw new SystemdException(
                    $"the connection to the system bus was lost twice ({again.Message.TrimEnd('.')}); expected dbus to run; try `systemctl status dbus`, then restart redishabake-agent", again);
            }
        }
    }

    private static bool IsLost(Exception e) => e is DBusConnectionException or ObjectDisposedException;

    private async Task<SystemBus> BusAsync(SystemBus? lost, CancellationToken ct)
    {
        await _opening.WaitAsync(ct);
        try
        {
            if (_bus == lost)
            {
                _bus?.Dispose();
                _bus = null;
                _bus = await SystemBus.OpenAsync(_ends.Tell, ct);
            }

            return _bus!;
        }
        finally
        {
            _opening.Release();
        }
    }
}
