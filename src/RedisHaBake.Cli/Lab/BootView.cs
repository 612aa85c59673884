using System.Diagnostics;
using RedisHaBake.Lab.Machines;
using Spectre.Console;

namespace RedisHaBake.Cli.Lab;

/// <summary>Shows machines booting: a live table at a terminal, one line per change elsewhere.</summary>
internal sealed class BootView
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, NodeStatus> _last = [];
    private readonly Dictionary<string, TimeSpan> _readyAfter = [];

    /// <summary>How long each node that is ready took, from the view's beginning.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ReadyAfter => _readyAfter;

    /// <summary>Boots <paramref name="machines"/> of the lab and waits until all are ready.</summary>
    public async Task BootAsync(RunningLab lab, IReadOnlyList<Machine> machines, CancellationToken ct)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await SwitchOnAsync(machines, ct);
        if (Console.IsErrorRedirected || !terminal.Profile.Capabilities.Ansi)
        {
            await Readiness.WaitAsync(machines, Readiness.LimitOf(lab), PrintChanges, ct);
            return;
        }

        await terminal.Live(new Table()).StartAsync(async context =>
            await Readiness.WaitAsync(
                machines,
                Readiness.LimitOf(lab),
                now =>
                {
                    Note(now);
                    context.UpdateTarget(Table(now));
                },
                ct));
    }

    /// <summary>Switches all on: at once, or where the portal assigns addresses late, one after the other, each text completed by an earlier one's.</summary>
    public static async Task SwitchOnAsync(IReadOnlyList<Machine> machines, CancellationToken ct)
    {
        if (machines.All(m => m.Node.Address != Model.Plan.Words.Auto))
        {
            await Task.WhenAll(machines.Select(m => m.BootAsync(ct)));
            return;
        }

        foreach (var machine in machines)
        {
            await machine.BootAsync(ct);
            Console.Error.WriteLine($"created {machine.Node.Name}: the portal shows {machine.Node.Address}");
        }
    }

    private void PrintChanges(IReadOnlyList<NodeStatus> now)
    {
        foreach (var node in now.Where(n => !_last.TryGetValue(n.Node, out var last) || last != n))
            Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(_start).TotalSeconds,6:0.0} s  {node.Node,-12} {node.State,-8} {Doing(node)}".TrimEnd());
        Note(now);
    }

    // In a container every node is "degraded": the kernel is the host's. `lab status` tells.
    private static string Doing(NodeStatus node) => node.IsReady ? "" : node.Doing;

    private void Note(IReadOnlyList<NodeStatus> now)
    {
        foreach (var node in now)
        {
            _last[node.Node] = node;
            if (node.IsReady)
                _readyAfter.TryAdd(node.Node, Stopwatch.GetElapsedTime(_start));
        }
    }

    private Table Table(IReadOnlyList<NodeStatus> now)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("node", "address", "state", "doing");
        foreach (var node in now)
        {
            var after = _readyAfter.TryGetValue(node.Node, out var time) ? $" after {time.TotalSeconds:0.0} s" : "";
            table.AddRow(node.Node, node.Address, $"[{(node.IsReady ? "green" : "yellow")}]{node.State}{after}[/]", Markup.Escape(Doing(node)));
        }

        return table;
    }
}
