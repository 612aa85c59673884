using RedisHaBake.Cli.Output;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Drills;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cli.Lab;

/// <summary>Drills one after the other on one lab, and what came of them.</summary>
/// <param name="lab">The lab.</param>
/// <param name="drills">Which.</param>
/// <param name="runs">How often each.</param>
/// <param name="withoutDaemon">Whether the agent's daemon is killed first.</param>
/// <param name="journals">Directory for every run's journal; empty to keep those of failed runs only.</param>
/// <param name="terminal">Where to say it.</param>
internal sealed class DrillSession(RunningLab lab, IReadOnlyList<Drill> drills, int runs, bool withoutDaemon, string journals, Terminal terminal)
{
    private readonly DrillProgress _progress = new(terminal);
    private readonly List<DrillRow> _rows = [];
    private string _stopped = "";

    /// <summary>Runs them; the table of what was run is printed however it ends.</summary>
    /// <returns>0 when nothing was lost or invented and every node was in the cluster at each end.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var failover = new DrillRunner(lab, withoutDaemon, _ => { }).Failover;
        var setting = await DrillSetting.ReadAsync(lab, withoutDaemon, ct);
        terminal.Say(setting.Text);
        try
        {
            foreach (var drill in drills)
            {
                if (!await RunAsync(drill, failover, ct))
                    break;
            }
        }
        finally
        {
            if (_rows.Count > 0)
                terminal.Json(() => DrillJson.Write(setting, _rows, _stopped));
            if (_rows.Count > 0 && !terminal.IsJson)
                terminal.Data(DrillTable.Text(_rows));
        }

        if (_stopped.Length > 0)
            terminal.Fail(_stopped);
        return _stopped.Length == 0 && !_rows.Any(r => r.Failed) ? ExitCode.Good : ExitCode.Fault;
    }

    private async Task<bool> RunAsync(Drill drill, LabFailover failover, CancellationToken ct)
    {
        List<DrillRun> done = [];
        try
        {
            for (var number = 1; number <= runs; number++)
            {
                var title = runs == 1 ? drill.Name : $"{drill.Name} {number}/{runs}";
                var since = DateTimeOffset.UtcNow;
                var run = await _progress.ShowAsync(title, say => new DrillRunner(lab, withoutDaemon, say).RunAsync(drill, ct));
                done.Add(run);
                terminal.Say($"{title,-24} {DrillTable.Line(run)}");
                if (journals.Length > 0 || run.Failures.Count > 0)
                    await KeepJournalAsync($"{drill.Name}-{number}", since);
            }

            await _progress.ShowAsync(drill.Name, async say =>
            {
                await new DrillRunner(lab, withoutDaemon, say).TidyAsync(drill, ct);
                return true;
            });
            return true;
        }
        catch (LabException e)
        {
            // The next drill would begin with a cluster that is not whole.
            _stopped = $"{drill.Name}, run {done.Count + 1} of {runs}: {e.Message}";
            return false;
        }
        finally
        {
            if (done.Count > 0)
                _rows.Add(new(drill, failover, done));
        }
    }

    private async Task KeepJournalAsync(string name, DateTimeOffset since)
    {
        var directory = journals.Length > 0 ? journals : Path.Combine("out", lab.Plan.Name);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"drill-{name}.journal");
        await File.WriteAllTextAsync(path, await lab.JournalAsync(since, LogsCommand.Units), CancellationToken.None);
        terminal.Say($"  journal of all nodes: {path}");
    }
}
