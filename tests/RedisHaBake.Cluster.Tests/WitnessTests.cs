using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Two data nodes and a witness: the smallest cluster that fails over by itself.</summary>
public class WitnessTests
{
    private const double PowerOffGap = 2.8;

    [Fact]
    public async Task The_survivor_takes_writes_alone_and_the_lost_master_comes_back_as_its_replica()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await LabGround.ClusterAsync("survivor", "witness", new LabVariant("trixie", "valkey-8", false, true, LabGround.AgentPackage));
        await Task.WhenAll(lab.Machines.Select(m => m.BootAsync(ct)));
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, ct);
        IReadOnlyList<string> data = ["data-1", "data-2"];
        var before = await Convergence.WaitAsync(lab, data, LabGround.RestLimit, ct);
        var survivor = data.First(n => n != before);
        // Sentinel reads once a second who may be promoted.
        await Task.Delay(1500, ct);

        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default);
        History history;
        try
        {
            await Task.Delay(1000, ct);
            await lab[before].PowerOffAsync();
            await LabGround.UntilAsync(async () => await LabView.MasterAsync(lab) == survivor, LabGround.RestLimit, $"{survivor} is master");
            var acked = recorder.Progress.Acked;
            await LabGround.UntilAsync(() => Task.FromResult(recorder.Progress.Acked > acked + 200), LabGround.RestLimit, () => $"writes alone; the last one said: {recorder.Progress.Trouble}");
            await lab[before].BootAsync(ct);
            await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, ct);
            Assert.Equal(survivor, await Convergence.WaitAsync(lab, data, LabGround.RestLimit, ct));
        }
        finally
        {
            history = await recorder.StopAsync();
        }

        var verdict = Checker.Check(history, await recorder.ReadBackAsync(LabGround.RestLimit));
        TestContext.Current.TestOutputHelper?.WriteLine($"{verdict.WriteAddress.Acked} acked, {verdict.WriteAddress.Lost} lost, longest gap {verdict.WriteAddress.LongestGapSeconds:0.00} s");
        Assert.Equal(0, verdict.WriteAddress.Lost);
        Assert.Empty(verdict.Invented);
        Assert.All(verdict.MissingOnNodes, node => Assert.Equal(0, node.Value));
        Assert.True(verdict.WriteAddress.LongestGapSeconds < 3 * PowerOffGap, $"longest gap {verdict.WriteAddress.LongestGapSeconds:0.00} s");
        Assert.Empty(await AclLog.ReadAsync(lab));
    }
}
