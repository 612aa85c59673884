namespace RedisHaBake.Agent.Systemd;

/// <summary>A unit as systemd shows it (org.freedesktop.systemd1(5)).</summary>
/// <param name="Name">The unit's name with its suffix.</param>
/// <param name="LoadState">loaded, not-found, masked, bad-setting or error.</param>
/// <param name="ActiveState">active, reloading, inactive, failed, activating or deactivating.</param>
/// <param name="SubState">The type's own detail, such as running, dead or auto-restart.</param>
/// <param name="UnitFileState">enabled, disabled, static, masked, …; empty where there is no file.</param>
/// <param name="Result">Of a service's last run: success, exit-code, signal, timeout, …; empty for other types.</param>
/// <param name="MainPid">A service's main process, or 0.</param>
/// <param name="NeedDaemonReload">Whether its files changed on disk since systemd read them.</param>
public sealed record UnitState(
    string Name,
    string LoadState,
    string ActiveState,
    string SubState,
    string UnitFileState,
    string Result,
    int MainPid,
    bool NeedDaemonReload)
{
    /// <summary>When a service's main process was started; null where none is known.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>
    /// How often systemd has started a service again by itself since somebody started it: 0 for what a person started or restarted
    /// (NRestarts in org.freedesktop.systemd1(5)).
    /// </summary>
    public int Restarts { get; init; }

    /// <summary>Whether systemd knows such a unit.</summary>
    public bool Exists => LoadState is not "not-found";

    /// <summary>Whether somebody forbade its start (systemctl mask); it may still run.</summary>
    public bool IsMasked => LoadState is "masked";

    /// <summary>Whether it runs (a reloading unit does).</summary>
    public bool IsActive => ActiveState is "active" or "reloading";

    /// <summary>Whether systemd starts it at boot by itself.</summary>
    public bool IsEnabled => UnitFileState is "enabled" or "enabled-runtime";
}
