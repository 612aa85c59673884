using RedisHaBake.Lab.Recording;
using Spectre.Console;

namespace RedisHaBake.Cli.Lab;

/// <summary>What the tour showed.</summary>
/// <param name="Ready">From switching the machines on to the last ready stamp.</param>
/// <param name="Before">The first master.</param>
/// <param name="After">The master at the end.</param>
/// <param name="Verdict">The judgement over the client's writes.</param>
internal sealed record TourResult(TimeSpan Ready, string Before, string After, Verdict Verdict)
{
    /// <summary>The master changed, nothing acked was lost on any node, nothing was made up, and two nodes never took writes at a time.</summary>
    public bool Succeeded => Before != After && Verdict.WriteAddress.Acked > 0
        && Verdict.Clients.Sum(c => c.Lost) == 0 && Verdict.InventedCount == 0 && Verdict.MissingOnNodes.Values.Sum() == 0
        && Verdict.TwoNodesAckedSeconds == 0;

    /// <summary>The summary, on standard output.</summary>
    /// <param name="texts">Directory of the generated texts.</param>
    public void Print(string texts)
    {
        var write = Verdict.WriteAddress;
        var grid = new Grid().AddColumns(2);
        grid.AddRow("first boot to ready, all nodes", $"{Ready.TotalSeconds:0.0} s");
        grid.AddRow("master", $"{Before} → {After}{(Before == After ? "  [red](did not change)[/]" : "")}");
        grid.AddRow("writes acknowledged", $"{write.Acked} in {Verdict.DurationSeconds:0.0} s");
        grid.AddRow("acknowledged writes lost", write.Lost == 0 ? "[green]0[/]" : $"[red]{write.Lost}[/]");
        grid.AddRow("longest time without a write", $"{write.LongestGapSeconds:0.00} s");
        grid.AddRow("two masters at once", $"{Verdict.TwoNodesAckedSeconds:0.00} s");
        AnsiConsole.Write(new Panel(grid).Header(Succeeded ? "[green]it failed over and lost nothing[/]" : "[red]it did not do what it should[/]").Border(BoxBorder.Rounded));
        // Outside of the panel, which would break a long path.
        Console.WriteLine($"texts to paste: {texts}/NODE.user-data");
    }
}
