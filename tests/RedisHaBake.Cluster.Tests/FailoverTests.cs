using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The master goes, in one way or the other, while an application writes.</summary>
[Collection(SharedCluster.Name)]
public class FailoverTests(TutorialCluster cluster)
{
    // The bounds are those of a quiet machine (p50, three times over): here several labs may share two cores.
    private const double PlannedGap = 3 * 0.3;
    private const double KillGap = 3 * 0.4;
    private const double PowerOffGap = 3 * 2.8;

    [Fact]
    public async Task Stopping_Redis_on_the_master_loses_nothing_and_a_replica_takes_over()
    {
        var before = await cluster.RestAsync();
        var after = "";
        var verdict = await cluster.RecordAsync(async () =>
        {
            await Fault.Of("stop-redis").InjectAsync(cluster.Lab, cluster.Lab[before]);
            after = await NewMasterAsync(before);
            await Task.Delay(2000);
            await Fault.HealAsync(cluster.Lab, cluster.Lab[before]);
        });
        NothingLost(verdict);
        Assert.Equal(after, await cluster.RestAsync());
        Assert.Equal("replica", await LabView.RoleAsync(cluster.Lab, cluster.Lab[before]));
        await GapWithinAsync(PlannedGap, verdict);
    }

    [Fact]
    public async Task Killing_Redis_on_the_master_loses_nothing()
    {
        var before = await cluster.RestAsync();
        var verdict = await cluster.RecordAsync(() => Fault.Of("kill-redis").InjectAsync(cluster.Lab, cluster.Lab[before]));
        NothingLost(verdict);
        await GapWithinAsync(KillGap, verdict);
    }

    [Fact]
    public async Task Restarting_Redis_on_the_master_hands_over_and_the_node_joins_again()
    {
        var before = await cluster.RestAsync();
        var machine = cluster.Lab[before];
        var verdict = await cluster.RecordAsync(async () =>
        {
            await machine.RunAsync("systemctl", "restart", "redis-server");
            await LabGround.UntilAsync(
                async () => (await machine.RunAsync(["cat", "/run/redishabake/join.json"])).Output.Contains("may be promoted", StringComparison.Ordinal),
                LabGround.RestLimit,
                $"{before} has joined again as a replica that may be promoted");
        });
        NothingLost(verdict);
        Assert.Equal("replica", await LabView.RoleAsync(cluster.Lab, machine));
    }

    [Fact]
    public async Task A_node_that_reboots_comes_back_by_itself_as_a_synced_replica()
    {
        var before = await cluster.RestAsync();
        var machine = cluster.Lab[before];
        var verdict = await cluster.RecordAsync(async () =>
        {
            var old = machine.Init!;
            await Fault.Of("reboot").InjectAsync(cluster.Lab, machine);
            await LabGround.UntilAsync(() => Task.FromResult(!old.IsAlive), LabGround.RestLimit, $"{before} goes down");
            await Readiness.WaitAsync([machine], LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        });
        NothingLost(verdict);
        Assert.Equal("replica", await LabView.RoleAsync(cluster.Lab, machine));
    }

    [Fact]
    public async Task When_the_node_with_both_addresses_loses_power_writes_come_back_on_another()
    {
        await cluster.RestAsync();
        var client = cluster.Lab.Plan.Client;
        var victim = await HolderAsync(client.Write);
        await PinAsync(client.Read, victim);
        var verdict = await cluster.RecordAsync(async () =>
        {
            await cluster.Lab[victim].PowerOffAsync();
            await LabGround.UntilAsync(async () => await HolderAsync(client.Write) is { Length: > 0 }, LabGround.RestLimit, "another node holds the write address");
            await LabGround.UntilAsync(async () => await LabView.MasterAsync(cluster.Lab) is { Length: > 0 }, LabGround.RestLimit, "a master");
            await Task.Delay(3000);
            await cluster.Lab[victim].BootAsync();
        });
        NothingLost(verdict);
        await GapWithinAsync(PowerOffGap, verdict);
    }

    private async Task GapWithinAsync(double bound, Verdict verdict)
    {
        var gap = verdict.WriteAddress.LongestGapSeconds;
        if (gap > bound)
            Assert.Fail($"no write was acked for {gap:0.00} s, expected at most {bound:0.00} s; load {File.ReadAllText("/proc/loadavg").Trim()}\n{await cluster.StoryAsync()}");
    }

    private async Task<string> NewMasterAsync(string old)
    {
        var found = "";
        await LabGround.UntilAsync(
            async () => (found = await LabView.MasterAsync(cluster.Lab)) is { Length: > 0 } && found != old, LabGround.RestLimit, $"another master than {old}");
        return found;
    }

    /// <summary>The node that has an address on its interface.</summary>
    private async Task<string> HolderAsync(string address)
    {
        foreach (var machine in cluster.Lab.Machines.Where(m => m.IsOn))
        {
            if ((await machine.RunAsync(["ip", "-4", "-o", "address"])).Output.Contains($" {address}/", StringComparison.Ordinal))
                return machine.Node.Name;
        }

        return "";
    }

    // keepalived gives way elsewhere for a moment, so that one node holds both addresses.
    private async Task PinAsync(string address, string node)
    {
        if (await HolderAsync(address) == node)
            return;
        var others = cluster.Lab.Machines.Where(m => m.Node.Name != node).ToList();
        foreach (var other in others)
            await other.RunAsync("systemctl", "stop", "keepalived");
        await LabGround.UntilAsync(async () => await HolderAsync(address) == node, LabGround.RestLimit, $"{node} holds {address}");
        foreach (var other in others)
            await other.RunAsync("systemctl", "start", "keepalived");
    }

    private static void NothingLost(Verdict verdict)
    {
        Assert.True(verdict.Clients.All(c => c.Lost == 0), $"lost: {string.Join(", ", verdict.LostKeys)}");
        Assert.Empty(verdict.Invented);
        Assert.True(verdict.WriteAddress.Acked > 100, $"only {verdict.WriteAddress.Acked} writes were acked");
        Assert.All(verdict.MissingOnNodes, node => Assert.Equal(0, node.Value));
    }
}
