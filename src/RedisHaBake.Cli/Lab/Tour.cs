using RedisHaBake.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cli.Lab;

/// <summary>The tutorial's failover test on a running cluster, with a client writing through the write address all the while.</summary>
internal static class Tour
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    public static async Task<TourResult> RunAsync(RunningLab lab, TimeSpan ready, CancellationToken ct)
    {
        var nodes = lab.Plan.Nodes.Select(n => n.Name).ToList();
        var before = await Convergence.WaitAsync(lab, nodes, _limit, ct);
        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default);
        var after = "";
        try
        {
            await new TourView(lab, recorder).ShowAsync(async view =>
            {
                view.Say($"a client writes through {lab.Plan.Client.Write}:{lab.Plan.Client.Port}; {before} is the master");
                await Task.Delay(3000, ct);
                view.Say($"Redis on {before} is stopped (systemctl stop)");
                var stop = Fault.Of("stop-redis").InjectAsync(lab, lab[before]);
                after = await NewMasterAsync(lab, before, ct);
                view.Say($"{after} is the master now");
                await stop;
                await Task.Delay(4000, ct);
                await Fault.HealAsync(lab, lab[before]);
                view.Say($"Redis on {before} was started again");
                after = await Convergence.WaitAsync(lab, nodes, _limit, ct);
                view.Say($"{before} is a replica of {after}, and synced");
                await Task.Delay(2000, ct);
            });
        }
        catch (LabException)
        {
            await recorder.StopAsync();
            throw;
        }

        var history = await recorder.StopAsync();
        after = await Convergence.WaitAsync(lab, nodes, _limit, ct);
        var found = await recorder.ReadBackAsync(_limit);
        var verdict = Checker.Check(history, found);
        await recorder.ForgetAsync(found);
        return new(ready, before, after, verdict);
    }

    private static async Task<string> NewMasterAsync(RunningLab lab, string old, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_limit);
        try
        {
            while (true)
            {
                if (await LabView.MasterAsync(lab) is { Length: > 0 } master && master != old)
                    return master;
                await Task.Delay(50, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new LabException($"expected another master than {old} within {_limit.TotalSeconds:0} s, found none; look at: redishabake lab logs {old}");
        }
    }
}
