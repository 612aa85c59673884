using System.Text.Json;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Bench;

/// <summary>What the agents of a lab say of their first boot, and what they cost.</summary>
/// <param name="Steps">Each node's steps, ms.</param>
/// <param name="Memory">Each node's resident and proportional memory of the service, kB, a moment after it was ready.</param>
public sealed record AgentReport(IReadOnlyList<(string Node, IReadOnlyList<(string Step, long Milliseconds)> Steps)> Steps, IReadOnlyList<(string Node, int Resident, int Proportional)> Memory)
{
    private const string Rollup = "awk '/^(Rss|Pss):/ {print $2}' /proc/$(systemctl show --value -p MainPID redishabake-agent)/smaps_rollup";

    /// <summary>Asks every machine.</summary>
    public static async Task<AgentReport> ReadAsync(RunningLab lab)
    {
        await Task.Delay(5000);
        List<(string, IReadOnlyList<(string, long)>)> steps = [];
        List<(string, int, int)> memory = [];
        foreach (var machine in lab.Machines)
        {
            using var ready = JsonDocument.Parse(await File.ReadAllTextAsync(machine.PathOf("/run/redishabake/ready")));
            steps.Add((machine.Node.Name, [.. ready.RootElement.GetProperty("steps").EnumerateArray().Select(s => (s.GetProperty("name").GetString()!, s.GetProperty("milliseconds").GetInt64()))]));
            var sizes = (await machine.RunAsync(["bash", "-c", Rollup])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
            memory.Add((machine.Node.Name, sizes[0], sizes[1]));
        }

        return new(steps, memory);
    }
}
