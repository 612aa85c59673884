namespace RedisHaBake.Agent.Systemd;

/// <summary>
/// systemd over the system bus. Opens its one connection at the first call; safe for several callers at once. A job that lasts
/// (Redis loading its data) does not keep other callers waiting.
/// </summary>
public sealed class SdBusSystemd : ISystemd, IDisposable
{
    private const string UnitInterface = "org.freedesktop.systemd1.Unit";
    private const string ServiceInterface = "org.freedesktop.systemd1.Service";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _jobs = new(StringComparer.Ordinal);
    private SdBusConnection? _connection;

    /// <inheritdoc/>
    public Task StartAsync(string unit, CancellationToken ct = default) => RunJobAsync("StartUnit", "start", unit, ct);

    /// <inheritdoc/>
    public Task StartNoBlockAsync(string unit, CancellationToken ct = default) => OnBusAsync(bus => bus.QueueJob("StartUnit", unit), ct);

    /// <inheritdoc/>
    public Task RestartNoBlockAsync(string unit, CancellationToken ct = default) => OnBusAsync(bus => bus.QueueJob("RestartUnit", unit), ct);

    /// <inheritdoc/>
    public Task StopAsync(string unit, CancellationToken ct = default) => RunJobAsync("StopUnit", "stop", unit, ct);

    /// <inheritdoc/>
    public Task RestartAsync(string unit, CancellationToken ct = default) => RunJobAsync("RestartUnit", "restart", unit, ct);

    /// <inheritdoc/>
    public Task ReloadOrRestartAsync(string unit, CancellationToken ct = default) => RunJobAsync("ReloadOrRestartUnit", "reload", unit, ct);

    /// <inheritdoc/>
    public Task DaemonReloadAsync(CancellationToken ct = default) => OnBusAsync(bus => Done(bus.CallManager("Reload", [])), ct);

    /// <inheritdoc/>
    public Task EnableAsync(IReadOnlyList<string> units, CancellationToken ct = default) => OnBusAsync(
        bus =>
        {
            bus.CallUnitFiles("EnableUnitFiles", units, [false, false]);
            return Done(bus.CallManager("Reload", []));
        },
        ct);

    /// <inheritdoc/>
    public Task DisableAsync(IReadOnlyList<string> units, CancellationToken ct = default) => OnBusAsync(
        bus =>
        {
            bus.CallUnitFiles("DisableUnitFiles", units, [false]);
            return Done(bus.CallManager("Reload", []));
        },
        ct);

    /// <inheritdoc/>
    public Task ResetFailedAsync(string unit, CancellationToken ct = default) => OnBusAsync(
        bus =>
        {
            try
            {
                return Done(bus.CallManager("ResetFailedUnit", [unit]));
            }
            catch (SystemdException e) when (e.ErrorName == "org.freedesktop.systemd1.NoSuchUnit")
            {
                return true;
            }
        },
        ct);

    /// <inheritdoc/>
    public Task<UnitState> GetAsync(string unit, CancellationToken ct = default) => OnBusAsync(bus => Read(bus, unit), ct);

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _connection?.Dispose();
            _connection = null;
        }
    }

    private static bool Done(SdBusMessageHandle reply)
    {
        reply.Dispose();
        return true;
    }

    private static UnitState Read(SdBusConnection bus, string unit)
    {
        var path = bus.LoadUnit(unit);
        var isService = unit.EndsWith(".service", StringComparison.Ordinal);
        var startedUs = isService ? bus.GetUInt64(path, ServiceInterface, "ExecMainStartTimestamp") : 0;
        return new UnitState(
            unit,
            bus.GetString(path, UnitInterface, "LoadState"),
            bus.GetString(path, UnitInterface, "ActiveState"),
            bus.GetString(path, UnitInterface, "SubState"),
            bus.GetString(path, UnitInterface, "UnitFileState"),
            isService ? bus.GetString(path, ServiceInterface, "Result") : "",
            isService ? (int)bus.GetUInt32(path, ServiceInterface, "MainPID") : 0,
            bus.GetBoolean(path, UnitInterface, "NeedDaemonReload"))
        {
            Started = startedUs == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(startedUs),
            Restarts = isService ? (int)bus.GetUInt32(path, ServiceInterface, "NRestarts") : 0,
        };
    }

    private async Task RunJobAsync(string method, string verb, string unit, CancellationToken ct)
    {
        var job = await OnBusAsync(
            bus =>
            {
                var path = bus.QueueJob(method, unit);
                // Registered under the same lock: the signal cannot be read before we look for it.
                _jobs[path] = "";
                return path;
            },
            ct);
        try
        {
            var result = await WaitAsync(job, verb, unit, ct);
            if (result is "done" or "skipped")
                return;
            var state = await GetAsync(unit, ct);
            throw new SystemdException(
                $"{unit} did not {verb}: the job ended with \"{result}\", the unit is {state.ActiveState} ({state.SubState}"
                + (state.Result.Length > 0 ? $", result {state.Result}" : "") + $"); see `journalctl -u {unit} -n 50`");
        }
        finally
        {
            lock (_lock)
                _jobs.Remove(job);
        }
    }

    private async Task<string> WaitAsync(string job, string verb, string unit, CancellationToken ct)
    {
        for (var round = 1; ; round++)
        {
            // The pause is outside the lock: other callers get their turn while a slow job runs.
            var (result, gone) = await OnBusAsync(
                bus =>
                {
                    // Asked before the pump: a job that is gone by now has its signal in the queue, unless the connection was new.
                    var vanished = round % 100 == 0 && !bus.HasObject(job);
                    bus.Pump(Ended);
                    return (_jobs[job], vanished);
                },
                ct);
            if (result.Length > 0)
                return result;
            if (gone)
                return (await GetAsync(unit, ct)).IsActive == (verb != "stop") ? "done" : "lost";
            await Task.Delay(Pause, ct);
        }
    }

    private void Ended(string job, string result)
    {
        if (_jobs.ContainsKey(job))
            _jobs[job] = result;
    }

    private Task<T> OnBusAsync<T>(Func<SdBusConnection, T> call, CancellationToken ct) => Task.Run(
        () =>
        {
            lock (_lock)
            {
                _connection ??= new SdBusConnection();
                try
                {
                    return call(_connection);
                }
                catch (SystemdException) when (!_connection.IsOpen)
                {
                    // The bus was restarted under us. Every call of ours may be repeated.
                    _connection.Dispose();
                    _connection = null;
                    _connection = new SdBusConnection();
                    return call(_connection);
                }
            }
        },
        ct);
}
