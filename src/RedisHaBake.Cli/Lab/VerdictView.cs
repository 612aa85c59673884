using RedisHaBake.Lab.Recording;
using Spectre.Console;

namespace RedisHaBake.Cli.Lab;

/// <summary>A verdict for people.</summary>
internal static class VerdictView
{
    private const int Shown = 3;

    public static void Print(Verdict verdict, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("client", "acked", "lost", "refused", "unknown", "longest gap", "from");
        foreach (var column in table.Columns)
            column.NoWrap();
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var client in verdict.Clients)
        {
            table.AddRow(
                client.Client,
                client.Acked.ToString(),
                client.Lost == 0 ? "0" : $"[red]{client.Lost} ({client.LostPercent:0.0} %)[/]",
                client.Failed.ToString(),
                client.Unknown.ToString(),
                $"{client.LongestGapSeconds:0.00} s",
                $"{client.GapFromSeconds:0.0} s");
        }

        console.Write(table);
        console.WriteLine($"two nodes acked at once: {verdict.TwoNodesAckedSeconds:0.00} s; invented values: {verdict.InventedCount}");
        foreach (var (node, missing) in verdict.MissingOnNodes.Where(n => n.Value > 0))
            console.WriteLine($"{node} lacks {missing} of the writes that the cluster has");
        foreach (var key in verdict.LostKeys.Take(Shown))
            console.WriteLine($"lost, for instance: {key}");
        foreach (var value in verdict.Invented.Take(Shown))
            console.WriteLine($"invented, for instance: {value}");
    }
}
