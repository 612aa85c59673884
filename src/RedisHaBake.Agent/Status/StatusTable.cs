using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Status;

/// <summary>A <see cref="StatusReport"/> for a person.</summary>
public static class StatusTable
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(StatusReport report)
    {
        yield return $"{report.Node} of cluster {report.Cluster}: {(report.State == "degraded" ? "ready, degraded" : report.State)}";
        foreach (var reason in report.Reasons)
            yield return "  ! " + reason;
        yield return "";
        foreach (var line in Nodes(report))
            yield return line;
        yield return "";
        var q = report.Quorum;
        yield return $"Sentinels  {q.Answering} of {q.Configured} answer, {q.Needed}, epoch {q.Epoch}: "
            + (q.CanFailOver ? "a failover is possible" : $"NO failover is possible: {q.Lacking}");
        foreach (var address in report.Addresses)
        {
            if (address.Address == Words.None)
            {
                yield return $"{address.Use,-9}  no address yet: clients use the nodes' own; give one with `redishabake-agent addresses --{address.Use} ADDRESS`";
                continue;
            }

            var held = address.Holder.Length > 0 ? "on " + address.Holder : "held by nobody that answers";
            // What pinned addresses cannot survive, before it happens.
            var stays = address.Mode != "pinned" ? "" : address.Holder.Length > 0 ? $"; it does not move: nobody has it while {address.Holder} is down" : "; it does not move";
            yield return $"{address.Use,-9}  {address.Address} ({address.Mode}) {held}{stays}";
        }

        if (report.Haproxy.Answering)
            yield return $"HAProxy    here: writes to {List(report.Haproxy.Write, "nobody")}, reads to {List(report.Haproxy.Read, report.Haproxy.Write.Count == 0 ? "nobody" : "the master")}";
        else if (report.Units.Any(u => u.Name == UnitDropIns.HaproxyUnit))
            yield return "HAProxy    here: not answering, no client is served by this node";

        // Whoever has to say whose data to keep compares this.
        if (report is { Master: "", DataWritten: { } written })
            yield return $"data       here: last written {written:yyyy-MM-dd HH:mm:ss} UTC";

        // Where systemd does not answer, one sentence says it for all.
        IEnumerable<string> units = report.Units.Where(u => u.Unknown.Length > 0).GroupBy(u => u.Unknown).Select(g => $"{string.Join(", ", g.Select(u => u.Name))} unknown: {g.Key}");
        if (report.LetsOut is { } open)
            yield return $"egress     here: {(open ? "open, other nodes install through this one" : "closed")} ({EgressProxy.Unit})";

        yield return "services   " + string.Join(", ", units.Concat(
            report.Units.Where(u => u.Unknown.Length == 0).Select(u => $"{u.Name} {u.State}{(u.Enabled ? "" : ", not enabled")}")));
        var wrong = report.Kernel.Where(k => k.Found != k.Planned).ToList();
        yield return "kernel     " + (wrong.Count == 0
            ? "as planned"
            : string.Join(", ", wrong.Select(k => $"{k.Name} is {k.Found}, planned {k.Planned}{(k.Changeable ? "" : " (the host's)")}")));
        if (report.Boot is { } boot)
            yield return $"last boot  {boot.Started:yyyy-MM-dd HH:mm:ss} UTC: " + string.Join(" · ", boot.Steps.Select(s => $"{s.Name} {s.Milliseconds / 1000.0:0.0}s"));
    }

    private static IEnumerable<string> Nodes(StatusReport report)
    {
        List<string[]> rows = [["NODE", "ADDRESS", "REDIS", "SENTINEL"]];
        foreach (var node in report.Nodes)
            rows.Add([node.Name + (node.Name == report.Node ? " *" : ""), node.Address == Words.Auto ? "not known yet" : node.Address, Redis(node), node.Sentinel + (node.Tilt ? ", TILT" : "")]);
        var widths = Enumerable.Range(0, 3).Select(c => rows.Max(r => r[c].Length)).ToArray();
        return rows.Select(r => $"{r[0].PadRight(widths[0])}  {r[1].PadRight(widths[1])}  {r[2].PadRight(widths[2])}  {r[3]}".TrimEnd());
    }

    private static string Redis(NodeStatus node) => node.Role switch
    {
        Words.None => "-",
        "replica" when node.Follows.Length == 0 => "replica of nobody",
        "replica" => $"replica of {node.Follows}, {(!node.Synced ? "not in sync" : node.LagBytes < 0 ? "in sync" : $"{node.LagBytes} bytes behind")}{(node.Priority == 0 ? ", not to be promoted" : "")}",
        _ => node.Role,
    };

    private static string List(IReadOnlyList<string> servers, string none) => servers.Count == 0 ? none : string.Join(", ", servers);
}
