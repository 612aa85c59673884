using System.CommandLine;
using System.Text.Json;
using RedisHaBake.Lab.Machines;
using Spectre.Console;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab status.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create()
    {
        var name = LabOptions.Name();
        var output = new Option<string>("--output") { Description = "table or json.", DefaultValueFactory = _ => "table" }.AcceptOnlyFromAmong("table", "json");
        return new Command("status", "The machines of a lab, and what each Redis says.") { name, output }.Do(async (result, ct) =>
        {
            var lab = LabOptions.Open(result, name);
            var rows = await LabView.ReadAsync(lab, ct);
            if (result.GetValue(output) == "json")
                Console.WriteLine(JsonSerializer.Serialize(rows, _json));
            else
                AnsiConsole.Write(Table(rows));
            return ExitCode.Good;
        });
    }

    private static Table Table(IReadOnlyList<NodeView> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("node", "address", "state", "link", "redis", "");
        foreach (var row in rows)
            table.AddRow(row.Node, row.Address, row.State, row.Link, row.Redis, Markup.Escape(row.Doing));
        return table;
    }
}
