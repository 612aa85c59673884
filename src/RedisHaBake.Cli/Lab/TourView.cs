using RedisHaBake.Lab.Machines;
using Spectre.Console;
using Spectre.Console.Rendering;
using Recorder = RedisHaBake.Lab.Recording.Recorder;

namespace RedisHaBake.Cli.Lab;

/// <summary>A table of the cluster that lives while something happens to it; elsewhere than at a terminal, a line per change.</summary>
internal sealed class TourView(RunningLab lab, Recorder recorder)
{
    private readonly List<string> _story = [];
    private readonly Dictionary<string, string> _roles = [];
    private readonly bool _live = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Shows the cluster while <paramref name="work"/> runs.</summary>
    public async Task ShowAsync(Func<TourView, Task> work)
    {
        if (!_live)
        {
            await WatchAsync(work(this), PrintChanges);
            return;
        }

        await AnsiConsole.Live(new Text("")).StartAsync(context => WatchAsync(work(this), rows => context.UpdateTarget(Screen(rows))));
    }

    /// <summary>Adds a line to the story.</summary>
    public void Say(string text)
    {
        var line = $"{recorder.Elapsed.TotalSeconds,5:0.0} s  {text}";
        lock (_story)
            _story.Add(line);
        if (!_live)
            Console.WriteLine(line);
    }

    private async Task WatchAsync(Task work, Action<IReadOnlyList<NodeView>> show)
    {
        while (!work.IsCompleted)
        {
            show(await LabView.ReadAsync(lab, CancellationToken.None));
            await Task.WhenAny(work, Task.Delay(200));
        }

        await work;
        show(await LabView.ReadAsync(lab, CancellationToken.None));
    }

    private void PrintChanges(IReadOnlyList<NodeView> rows)
    {
        foreach (var row in rows.Where(r => r.Redis != _roles.GetValueOrDefault(r.Node)))
        {
            _roles[row.Node] = row.Redis;
            var progress = recorder.Progress;
            Console.WriteLine($"{recorder.Elapsed.TotalSeconds,5:0.0} s  {row.Node,-12} {row.Redis,-20} {progress.Acked} writes acknowledged");
        }
    }

    private Rows Screen(IReadOnlyList<NodeView> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("node", "address", "machine", "redis");
        foreach (var row in rows)
            table.AddRow(row.Node, row.Address, row.State, Coloured(row.Redis));
        var progress = recorder.Progress;
        var silence = recorder.Elapsed - progress.LastAck;
        var now = silence < TimeSpan.FromMilliseconds(150)
            ? "[green]writes go through[/]"
            : $"[red]no write for {silence.TotalSeconds:0.0} s[/] {Markup.Escape(progress.Trouble)}";
        List<IRenderable> lines =
        [
            table,
            new Markup($"{lab.Plan.Client.Write}:{lab.Plan.Client.Port}  [bold]{progress.Acked}[/] acknowledged, longest gap {progress.LongestGap.TotalSeconds:0.00} s, {now}"),
        ];
        lock (_story)
            lines.AddRange(_story.Select(line => new Text(line)));
        return new(lines);
    }

    private static string Coloured(string role) => role switch
    {
        "master" => "[bold green]master[/]",
        "replica" => "[blue]replica[/]",
        _ => $"[yellow]{Markup.Escape(role)}[/]",
    };
}
