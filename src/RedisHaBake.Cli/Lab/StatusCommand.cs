using System.CommandLine;
using System.Text.Json;
using RedisHaBake.Cli.Output;
using RedisHaBake.Lab.Machines;
using Spectre.Console;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab status.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        return new Command("status", "The machines of a lab, and what each Redis says.") { name }.Do(async (result, ct) =>
        {
            var lab = LabOptions.Open(result, name);
            var rows = await LabView.ReadAsync(lab, ct);
            var terminal = Terminal.For(result);
            terminal.Json(() => new() { ["lab"] = lab.Plan.Name, ["nodes"] = JsonSerializer.SerializeToNode(rows, LabJson.Default.IReadOnlyListNodeView) });
            if (!terminal.IsJson)
                Print(rows);
            return ExitCode.Good;
        });
    }

    private static void Print(IReadOnlyList<NodeView> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("node", "address", "boot", "link", "Redis now");
        foreach (var row in rows)
            table.AddRow(row.Node, row.Address, row.State, row.Link, row.Redis);
        AnsiConsole.Write(table);
        foreach (var saying in rows.Where(r => r.Doing.Length > 0).GroupBy(r => r.Doing))
            Console.WriteLine($"{string.Join(", ", saying.Select(r => r.Node))}: {saying.Key}");
    }
}
