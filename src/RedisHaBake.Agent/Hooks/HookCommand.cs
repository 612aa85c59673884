using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Hooks;

/// <summary>What systemd calls around the start and stop of Redis and Sentinel. A hook never waits on a systemd job.</summary>
public static class HookCommand
{
    /// <summary>The names of all hooks, as the unit drop-ins use them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["redis-start", "redis-stop", "redis-stopped", "sentinel-start", "sentinel-started"];

    /// <summary>Runs the hook called <paramref name="name"/>.</summary>
    /// <returns>0 when it did its work, 1 when it could not, 64 for an unknown name.</returns>
    public static async Task<int> RunAsync(AgentContext agent, string name, CancellationToken ct)
    {
        switch (name)
        {
            case "redis-start":
                await RedisStart.RunAsync(agent, ct);
                return 0;
            case "redis-stop":
                await RedisStop.RunAsync(agent, ct);
                return 0;
            case "redis-stopped":
                await RedisStopped.RunAsync(agent, ct);
                return 0;
            case "sentinel-start":
                await SentinelStart.RunAsync(agent, ct);
                return 0;
            case "sentinel-started":
                await SentinelStarted.RunAsync(agent, ct);
                return 0;
            default:
                agent.Journal.Say(Severity.Error, $"there is no hook \"{name}\"; expected one of: {string.Join(", ", Names)}");
                return 64;
        }
    }
}
