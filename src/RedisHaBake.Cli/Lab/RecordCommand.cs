using System.CommandLine;
using System.Text.Json;
using RedisHaBake.Cli.Output;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;
using Spectre.Console;
using Recorder = RedisHaBake.Lab.Recording.Recorder;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab record.</summary>
internal static class RecordCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var seconds = new Option<double>("--seconds") { Description = "How long; Ctrl-C ends it earlier.", DefaultValueFactory = _ => 30 };
        seconds.TakesNumber(1, 86_400);
        var alone = new Option<bool>("--only-write-address") { Description = "No clients beside the nodes: nothing is learned about two masters." };
        var keep = new Option<bool>("--keep") { Description = "Leave the written keys in the cluster." };
        return new Command("record", "Write unique keys, read all back, and say what was lost and for how long nothing was acked. Break something meanwhile.")
        {
            name, seconds, alone, keep,
        }.Do((result, ct) => RunAsync(
            LabOptions.Open(result, name),
            TimeSpan.FromSeconds(result.GetValue(seconds)),
            RecordingOptions.Default with { Beside = !result.GetValue(alone) },
            result.GetValue(keep),
            Terminal.For(result),
            ct));
    }

    private static async Task<int> RunAsync(RunningLab lab, TimeSpan time, RecordingOptions options, bool keep, Terminal terminal, CancellationToken ct)
    {
        var recorder = await Recorder.StartAsync(lab, options);
        terminal.Say($"writing for {time.TotalSeconds:0} s; Ctrl-C ends it earlier");
        try
        {
            await Task.Delay(time, ct);
        }
        catch (OperationCanceledException)
        {
            // Ended earlier; what was recorded is judged all the same.
        }

        var history = await recorder.StopAsync();
        terminal.Say("waiting for the cluster to come to rest, then reading back");
        var on = lab.Machines.Where(m => m.IsOn).Select(m => m.Node.Name).ToList();
        ReadBack found;
        try
        {
            await Convergence.WaitAsync(lab, on, TimeSpan.FromSeconds(60), CancellationToken.None);
            found = await recorder.ReadBackAsync(TimeSpan.FromSeconds(30));
        }
        catch (LabException e)
        {
            // What the clients saw is told all the same; what is lost nobody knows yet.
            var acked = history.Operations.Where(o => o.Outcome == Outcome.Ok).GroupBy(o => o.Client).Select(g => $"{g.Key} {g.Count()}, the last after {g.Max(o => o.End).TotalSeconds:0.0} s");
            throw new LabException($"{e.Message}\nnothing was read back, so that nothing is judged; acked: {string.Join("; ", acked)}", e);
        }

        var verdict = Checker.Check(history, found);
        if (!keep)
            await recorder.ForgetAsync(found);
        terminal.Json(() => new() { ["verdict"] = JsonSerializer.SerializeToNode(verdict, LabJson.Default.Verdict) });
        if (!terminal.IsJson)
            VerdictView.Print(verdict, AnsiConsole.Console);
        // A client that a cut leaves alone with the old master may lose writes until the fence closes; an application's may not.
        return verdict.WriteAddress.Lost == 0 && verdict.InventedCount == 0 ? ExitCode.Good : ExitCode.Fault;
    }
}
