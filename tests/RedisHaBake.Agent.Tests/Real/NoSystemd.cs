using RedisHaBake.Agent.Systemd;

namespace RedisHaBake.Agent.Tests.Real;

/// <summary>Join and hooks never wait on a systemd job: any call that would is a failure of the test. What was only queued is kept.</summary>
internal sealed class NoSystemd : ISystemd
{
    public Task StartAsync(string unit, CancellationToken ct = default) => throw Unexpected(unit);

    public List<string> Queued { get; } = [];

    public Task StartNoBlockAsync(string unit, CancellationToken ct = default) => RestartNoBlockAsync(unit, ct);

    public Task RestartNoBlockAsync(string unit, CancellationToken ct = default)
    {
        Queued.Add(unit);
        return Task.CompletedTask;
    }

    public Task StopAsync(string unit, CancellationToken ct = default) => throw Unexpected(unit);

    public Task RestartAsync(string unit, CancellationToken ct = default) => throw Unexpected(unit);

    public Task ReloadOrRestartAsync(string unit, CancellationToken ct = default) => throw Unexpected(unit);

    public Task DaemonReloadAsync(CancellationToken ct = default) => throw Unexpected("daemon-reload");

    public Task EnableAsync(IReadOnlyList<string> units, CancellationToken ct = default) => throw Unexpected(units[0]);

    public Task DisableAsync(IReadOnlyList<string> units, CancellationToken ct = default) => throw Unexpected(units[0]);

    public Task ResetFailedAsync(string unit, CancellationToken ct = default) => throw Unexpected(unit);

    public Task<UnitState> GetAsync(string unit, CancellationToken ct = default) => throw Unexpected(unit);

    private static InvalidOperationException Unexpected(string what) => new($"join and hooks never talk to systemd, and asked it about {what}");
}
