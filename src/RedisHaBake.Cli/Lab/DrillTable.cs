using System.Text;
using RedisHaBake.Lab.Drills;

namespace RedisHaBake.Cli.Lab;

/// <summary>Drills for people.</summary>
internal static class DrillTable
{
    private static readonly string[] _heads = ["drill", "runs", "acked", "lost", "gap p50", "max", "bound", "two acked", "lost beside", "back p50", "max", "met"];

    /// <summary>Every drill against its bound, with what was missed. Times are in seconds.</summary>
    public static string Text(IReadOnlyList<DrillRow> rows)
    {
        List<string[]> lines = [_heads, .. rows.Select(Cells)];
        var widths = _heads.Select((_, i) => lines.Max(l => l[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(string.Join("  ", line.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd()).Append('\n');
        text.Append("(acked, lost: through the write address. gap: the longest time without an ack there, s. two acked: time in which two nodes acked, max, s.\n")
            .Append(" lost beside: of the writes to the nodes' own Redis. back: from the end of the fault until every failed node was a synced replica, s)\n");
        foreach (var row in rows)
            text.Append($"{row.Drill.Name}: {row.BoundText}: {(row.Missed.Count == 0 ? "met" : "missed")}{CutOff(row)}\n{string.Concat(row.Missed.Select(m => $"  {m}\n"))}");
        return text.ToString();
    }

    /// <summary>One run in one line.</summary>
    public static string Line(DrillRun run)
        => $"{run.Acked,6} acked, lost {run.Lost}, gap {run.LongestGap:0.00} s{(run.HealGap is { } heal ? $", {heal:0.00} s at the heal" : "")}, two acked {run.TwoNodesAcked:0.00} s, "
            + $"{(run.Back is { } back ? $"back after {back:0.0} s" : "not back")}, {run.Master} -> {(run.NewMaster.Length > 0 ? run.NewMaster : "?")}"
            + string.Concat(run.Failures.Select(f => $"\n  {f}"));

    private static string[] Cells(DrillRow row) =>
    [
        row.Drill.Name,
        $"{row.Runs.Count}",
        $"{row.Acked}",
        Share(row.Lost, row.Acked),
        $"{row.Gap.P50:0.00}",
        $"{row.Gap.Max:0.00}",
        row.Drill.Bound.GapOf(row.Failover) is { } bound ? $"{bound.TotalSeconds:0.0#}" : "-",
        $"{row.TwoNodesAcked.Max:0.00}",
        Share(row.LostBeside, row.AckedBeside),
        row.Back is { } back ? $"{back.P50:0.0}" : "never",
        row.Back is { } worst ? $"{worst.Max:0.0}" : "",
        row.Missed.Count == 0 ? "yes" : "NO",
    ];

    private static string CutOff(DrillRow row)
        => row.CutOffAcked is { } acked ? $"; the node that was cut off acked for {acked.P50:0.00} s (p50), {acked.Max:0.00} s (max)" : "";

    private static string Share(int lost, int acked) => lost == 0 ? "0" : $"{lost} ({100.0 * lost / Math.Max(1, acked):0.##} %)";
}
