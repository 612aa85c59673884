using System.Diagnostics;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Recording;

/// <summary>Waits until a cluster has come to rest: one master, everybody else its synced replica.</summary>
public static class Convergence
{
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(1);

    /// <summary>Waits until that has been so for a second.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="nodes">The nodes that must be there; those without data are left out.</param>
    /// <param name="limit">How long.</param>
    /// <param name="ct">Gives up earlier.</param>
    /// <returns>The master's name.</returns>
    /// <exception cref="LabException">It did not; says what each node answered last.</exception>
    public static async Task<string> WaitAsync(RunningLab lab, IReadOnlyCollection<string> nodes, TimeSpan limit, CancellationToken ct = default)
    {
        var (start, since) = (Stopwatch.GetTimestamp(), 0L);
        var (master, answers) = ("", "");
        while (Stopwatch.GetElapsedTime(start) < limit)
        {
            var roles = await Task.WhenAll(lab.Machines
                .Where(m => m.Node.Has(NodeRole.Redis) && nodes.Contains(m.Node.Name))
                .Select(async m => (m.Node.Name, Role: m.IsOn ? await LabView.RoleAsync(lab, m) : "off")));
            answers = string.Join(", ", roles.Select(r => $"{r.Name}: {r.Role}"));
            var masters = roles.Where(r => r.Role == "master").ToList();
            var settled = masters.Count == 1 && roles.Count(r => r.Role == "replica") == roles.Length - 1;
            if (!settled || masters[0].Name != master)
                since = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(since) > _rest)
                return master;
            master = settled ? masters[0].Name : "";
            await Task.Delay(100, ct);
        }

        throw new LabException($"expected one master and synced replicas within {limit.TotalSeconds:0} s, found {answers}; look at: redishabake lab status");
    }
}
