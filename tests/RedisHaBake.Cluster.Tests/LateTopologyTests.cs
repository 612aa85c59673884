using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Every way to lay a cluster out works in a portal that assigns addresses late, too, and outlives the machine that is special in it.</summary>
public sealed class LateTopologyTests
{
    [Theory]
    [InlineData("witness", "trixie", "valkey-8", "witness", "192.168.7.192")]
    [InlineData("proxies", "bookworm", "redis-7", "proxy-1", "10.0.7.1")]
    [InlineData("sentinels", "trixie", "redis-8", "watch-2", "10.1.0.192")]
    [InlineData("five", "trixie", "valkey-8", "n3", "")]
    [InlineData("pinned", "bookworm", "redis-7", "redis-c", "10.10.90.192")]
    public async Task It_becomes_a_cluster_and_goes_on_when_a_machine_is_created_anew_with_another_address(
        string example, string suite, string engine, string anew, string write)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await LabGround.ClusterAsync(
            "late-" + example, example, new LabVariant(suite, engine, false, true, LabGround.AgentPackage) { Late = true });
        foreach (var machine in lab.Machines)
        {
            await machine.BootAsync(ct);
            await Task.Delay(1000, ct);
        }

        await Readiness.WaitAsync(lab.Machines, Readiness.LimitOf(lab.Plan), _ => { }, ct);
        var data = lab.Plan.Nodes.Where(n => n.Has(NodeRole.Redis)).Select(n => n.Name).ToList();
        var master = await Convergence.WaitAsync(lab, data, LabGround.RestLimit, ct);
        var teller = lab[data.First(n => n != anew)];
        if (write.Length > 0)
        {
            // It waits 15 s for the others, and a busy computer may be slower.
            await teller.RunAsync("redishabake-agent", "addresses", "--write", write);
            foreach (var machine in lab.Machines)
                await LabGround.UntilAsync(async () => (await machine.RunAsync("redishabake-agent", "status")).HasAddress(write), LabGround.RestLimit, $"{machine.Node.Name} knows {write}");
        }

        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default with { Beside = false, Told = write.Length > 0 ? [write] : [] });
        await Task.Delay(1000, ct);
        await Fault.Of("kill-redis").InjectAsync(lab, lab[master]);
        await LabGround.UntilAsync(
            async () => await LabView.MasterAsync(lab) is { Length: > 0 } after && after != master, LabGround.RestLimit, $"another master than {master}");
        await Convergence.WaitAsync(lab, data, LabGround.RestLimit, ct);

        var before = lab[anew].Node.Address;
        await lab[anew].RecreateBlankAsync(ct);
        Assert.NotEqual(before, lab[anew].Node.Address);

        // On a slow computer before the new machine has come: then it is learned when it does.
        var said = "";
        await LabGround.UntilAsync(
            async () =>
            {
                var word = await teller.RunAsync(["redishabake-agent", "replace", anew], ct);
                said = word.Output;
                return word.ExitCode == 0;
            },
            LabGround.BootLimit,
            () => $"{teller.Node.Name} takes the word that {anew} was created anew; it said last: {said}");
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, ct);
        await Convergence.WaitAsync(lab, data, LabGround.RestLimit, ct);
        var history = await recorder.StopAsync();
        var verdict = Checker.Check(history, await recorder.ReadBackAsync(LabGround.RestLimit));
        Assert.Equal(0, verdict.WriteAddress.Lost);
        Assert.True(verdict.WriteAddress.Acked > 100, $"only {verdict.WriteAddress.Acked} writes were acked");
        Assert.Empty(await AclLog.ReadAsync(lab));
        foreach (var machine in lab.Machines)
        {
            await LabGround.UntilAsync(
                async () => await machine.RunAsync("redishabake-agent", "status") is var status
                    && !status.HasAddress(before) && status.HasAddress(lab[anew].Node.Address),
                LabGround.RestLimit,
                $"status on {machine.Node.Name} shows {lab[anew].Node.Address} and not {before}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{verdict.WriteAddress.Acked} acked, longest gap {verdict.WriteAddress.LongestGapSeconds:0.00} s");
    }
}
