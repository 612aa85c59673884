using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Every way to lay a cluster out becomes ready and survives its master, on each distribution, engine and kind of machine at least once.</summary>
public class TopologyTests
{
    [Theory]
    [InlineData("proxies", "trixie", "redis-8", false)]
    [InlineData("five", "trixie", "redis-8", false)]
    [InlineData("sentinels", "bookworm", "redis-7", false)]
    [InlineData("tutorial", "bookworm", "redis-7", true)]
    [InlineData("witness", "trixie", "valkey-8", true)]
    public async Task It_becomes_ready_and_another_node_takes_over_without_a_loss_or_a_refused_command(string example, string suite, string engine, bool stock)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using var lab = await LabGround.ClusterAsync(
            $"{example}-{(stock ? "stock" : "baked")}", example, new LabVariant(suite, engine, stock, !stock, LabGround.AgentPackage));
        TestContext.Current.TestOutputHelper?.WriteLine($"machines prepared after {clock.Elapsed.TotalSeconds:0} s");
        clock.Restart();
        await Task.WhenAll(lab.Machines.Select(m => m.BootAsync(ct)));
        await Readiness.WaitAsync(lab.Machines, Readiness.LimitOf(lab.Plan), _ => { }, ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"ready after {clock.Elapsed.TotalSeconds:0} s");

        var data = lab.Plan.Nodes.Where(n => n.Has(NodeRole.Redis)).Select(n => n.Name).ToList();
        var before = await Convergence.WaitAsync(lab, data, LabGround.RestLimit, ct);
        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default);
        History history;
        var after = before;
        try
        {
            await Task.Delay(500, ct);
            await Fault.Of("kill-redis").InjectAsync(lab, lab[before]);
            await LabGround.UntilAsync(
                async () => (after = await LabView.MasterAsync(lab)) is { Length: > 0 } && after != before, LabGround.RestLimit, $"another master than {before}");
            await Convergence.WaitAsync(lab, data, LabGround.RestLimit, ct);
        }
        finally
        {
            history = await recorder.StopAsync();
        }

        var verdict = Checker.Check(history, await recorder.ReadBackAsync(LabGround.RestLimit));
        Assert.Equal(0, verdict.WriteAddress.Lost);
        Assert.True(verdict.WriteAddress.Acked > 50, $"only {verdict.WriteAddress.Acked} writes were acked");
        Assert.Empty(await AclLog.ReadAsync(lab));
        TestContext.Current.TestOutputHelper?.WriteLine($"longest gap {verdict.WriteAddress.LongestGapSeconds:0.00} s; all {clock.Elapsed.TotalSeconds:0} s");
        if (example == "proxies")
            await TheOtherProxyServesAsync(lab);
    }

    // The verification has moved the addresses once, from a proxy although the node that bootstrapped is none; and they move again when the
    // proxy that has them dies.
    private static async Task TheOtherProxyServesAsync(RunningLab lab)
    {
        var proxies = lab.Machines.Where(m => m.Node.Has(NodeRole.Haproxy)).ToList();
        var journals = await Task.WhenAll(proxies.Select(p => p.AgentJournalAsync()));
        Assert.Single(journals, j => j.Contains("moved to another proxy and served there: tried once", StringComparison.Ordinal));

        Machine? holder = null;
        await LabGround.UntilAsync(
            async () =>
            {
                var addresses = await Task.WhenAll(proxies.Select(p => p.RunAsync("ip", "-o", "-4", "address")));
                return (holder = proxies.Where((_, i) => addresses[i].Contains(" 10.0.4.100/", StringComparison.Ordinal)).FirstOrDefault()) is not null;
            },
            LabGround.RestLimit,
            "a proxy holds the write address");
        await Fault.Of("power-off").InjectAsync(lab, holder!);
        await LabGround.UntilAsync(async () => await lab.ClientAsync(["SET", "after-the-proxy", "1"], TestContext.Current.CancellationToken) == 0, LabGround.RestLimit, "a write through the other proxy");
    }

    [Theory]
    [InlineData("witness", "trixie", "valkey-8", "witness", "the Sentinel of witness does not answer")]
    [InlineData("proxies", "bookworm", "redis-7", "proxy-2", "nobody knows whether 10.0.4.100 and 10.0.4.101 can move: none of the other proxies (proxy-2) answers")]
    public async Task A_witness_or_a_proxy_that_never_comes_up_leaves_the_others_ready_and_says_so(string example, string suite, string engine, string absent, string said)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await LabGround.ClusterAsync($"{example}-less", example, new LabVariant(suite, engine, false, true, LabGround.AgentPackage));
        var machines = lab.Machines.Where(m => m.Node.Name != absent).ToList();
        await Task.WhenAll(machines.Select(m => m.BootAsync(ct)));
        await Readiness.WaitAsync(machines, Readiness.LimitOf(lab.Plan), _ => { }, ct);

        var last = await machines[^1].RunAsync("redishabake-agent", "status");
        Assert.StartsWith($"{machines[^1].Node.Name} of cluster {lab.Plan.Name.Split('-')[1]}: ready, degraded\n", last);
        Assert.Contains(said, last, StringComparison.Ordinal);
    }
}
