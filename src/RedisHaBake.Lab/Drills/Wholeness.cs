using System.Diagnostics;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Drills;

/// <summary>Waits until every node is in the cluster: one master, synced replicas that may be promoted, Sentinels that name it, agents that are ready.</summary>
public static class Wholeness
{
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(1);

    /// <summary>Waits until that has been so for a second.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="failed">Nodes whose return is measured.</param>
    /// <param name="limit">How long.</param>
    /// <param name="ct">Gives up earlier.</param>
    public static async Task<Wholly> AwaitAsync(RunningLab lab, IReadOnlyCollection<string> failed, TimeSpan limit, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        TimeSpan? back = null, since = null;
        while (true)
        {
            var now = Stopwatch.GetElapsedTime(start);
            var (master, members, wrong) = await LookAsync(lab);
            back = failed.All(members.Contains) ? back ?? now : null;
            since = wrong.Count == 0 ? since ?? now : null;
            if (now - since > _rest)
                return new(true, master, back, "");
            if (now > limit)
                return new(false, master, back, string.Join("; ", wrong));
            await Task.Delay(50, ct);
        }
    }

    private static async Task<(string Master, HashSet<string> Members, IReadOnlyList<string> Wrong)> LookAsync(RunningLab lab)
    {
        var standings = await Task.WhenAll(lab.Machines.Where(m => m.Node.Has(NodeRole.Redis))
            .Select(async m => (m.Node, Standing: m.IsOn ? await LabView.StandingAsync(lab, m) : new Standing("off"))));
        var masters = standings.Where(s => s.Standing.Role == "master").Select(s => s.Node).ToList();
        HashSet<string> members = [.. lab.Machines.Where(m => !m.Node.Has(NodeRole.Redis) && m.IsOn).Select(m => m.Node.Name)];
        members.UnionWith(standings.Where(s => s.Standing.Role == "replica" || (masters is [var one] && one == s.Node)).Select(s => s.Node.Name));
        List<string> wrong = [];
        if (masters.Count != 1)
            wrong.Add($"expected one master, found {(masters.Count == 0 ? "none" : string.Join(" and ", masters.Select(m => m.Name)))}");
        wrong.AddRange(standings.Where(s => s.Standing is not ({ Role: "master" } or { Promotable: true }))
            .Select(s => $"{s.Node.Name}: {s.Standing.Role}{(s.Standing.Role == "replica" ? " that may not be promoted" : "")}"));
        wrong.AddRange((await Task.WhenAll(lab.Machines.Select(m => Readiness.OfAsync(m)))).Where(n => !n.IsReady).Select(n => $"{n.Node}: {n.State}{(n.Doing.Length > 0 ? ", " + n.Doing : "")}"));
        if (masters is [var master])
        {
            var named = await Task.WhenAll(lab.Machines.Where(m => m.Node.Has(NodeRole.Sentinel) && m.IsOn)
                .Select(async m => (m.Node.Name, Address: await LabView.NamedAsync(lab, m))));
            wrong.AddRange(named.Where(n => n.Address is not null && n.Address != master.Address)
                .Select(n => $"{n.Name}'s Sentinel names {(n.Address!.Length == 0 ? "nobody" : n.Address)}, not {master.Name}"));
        }

        return (masters is [var only] ? only.Name : "", members, wrong);
    }
}
