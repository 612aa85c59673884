using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cli.Lab;

/// <summary>Where and when drills are run.</summary>
/// <param name="At">When they began.</param>
/// <param name="Plan">The lab.</param>
/// <param name="Versions">The packages that are drilled, and their versions.</param>
/// <param name="WithoutDaemon">Whether the agent's daemon is killed first.</param>
internal sealed record DrillSetting(DateTimeOffset At, LabPlan Plan, IReadOnlyDictionary<string, string> Versions, bool WithoutDaemon)
{
    private static readonly string[] _packages = ["redis-server", "valkey-server", "haproxy", "keepalived", "systemd", "redishabake-agent"];

    /// <summary>In one line.</summary>
    public string Text
    {
        get
        {
            var failover = Plan.Failover!;
            return $"{At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, lab {Plan.Name}: {Plan.Nodes.Count} nodes of {Plan.Suite}, {string.Join(", ", Versions.Select(v => $"{v.Key} {v.Value}"))}; "
                + $"down-after {failover.DownAfterMs / 1000.0:0.##} s, {(failover.MaxLagS is { } lag ? $"max-lag {lag} s" : "min-replicas 0")}{(WithoutDaemon ? "; the agent's daemon is killed before each fault" : "")}";
        }
    }

    /// <summary>Asks the first machine that is on.</summary>
    public static async Task<DrillSetting> ReadAsync(RunningLab lab, bool withoutDaemon, CancellationToken ct)
    {
        var versions = new Dictionary<string, string>();
        if (lab.Machines.FirstOrDefault(m => m.IsOn) is { } machine)
        {
            var told = await machine.RunAsync(["dpkg-query", "--show", "--showformat=${Package} ${Version} ${Status}\\n", .. _packages], ct);
            foreach (var words in told.Output.Split('\n').Select(line => line.Split(' ')).Where(words => words is [_, _, .., "installed"]))
                versions[words[0]] = words[1];
        }

        return new(DateTimeOffset.UtcNow, lab.Plan, versions, withoutDaemon);
    }
}
