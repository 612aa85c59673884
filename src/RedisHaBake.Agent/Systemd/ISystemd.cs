namespace RedisHaBake.Agent.Systemd;

/// <summary>
/// The service manager. Every call that queues a job returns when the job has ended, and throws <see cref="SystemdException"/>
/// with the unit and systemd's own words when it did not end well. Unit names carry their suffix ("redis-server.service").
/// </summary>
public interface ISystemd
{
    /// <summary>Starts <paramref name="unit"/>; nothing happens when it runs already.</summary>
    Task StartAsync(string unit, CancellationToken ct = default);

    /// <summary>Queues the start of <paramref name="unit"/> and does not wait: what hooks may use (they never wait on a job).</summary>
    Task StartNoBlockAsync(string unit, CancellationToken ct = default);

    /// <summary>Queues a restart (or the start) of <paramref name="unit"/> and does not wait.</summary>
    Task RestartNoBlockAsync(string unit, CancellationToken ct = default);

    /// <summary>Stops <paramref name="unit"/>; nothing happens when it does not run.</summary>
    Task StopAsync(string unit, CancellationToken ct = default);

    /// <summary>Stops and starts <paramref name="unit"/>, or starts it.</summary>
    Task RestartAsync(string unit, CancellationToken ct = default);

    /// <summary>Reloads <paramref name="unit"/> if it can, else restarts it.</summary>
    Task ReloadOrRestartAsync(string unit, CancellationToken ct = default);

    /// <summary>Makes systemd read all unit files again.</summary>
    Task DaemonReloadAsync(CancellationToken ct = default);

    /// <summary>Enables unit files (symlinks only: nothing is started).</summary>
    Task EnableAsync(IReadOnlyList<string> units, CancellationToken ct = default);

    /// <summary>Disables unit files (nothing is stopped).</summary>
    Task DisableAsync(IReadOnlyList<string> units, CancellationToken ct = default);

    /// <summary>Clears the failed state of <paramref name="unit"/>; nothing happens when it is not failed or not loaded.</summary>
    Task ResetFailedAsync(string unit, CancellationToken ct = default);

    /// <summary>The state of <paramref name="unit"/>; for an unknown one LoadState is "not-found".</summary>
    Task<UnitState> GetAsync(string unit, CancellationToken ct = default);
}
