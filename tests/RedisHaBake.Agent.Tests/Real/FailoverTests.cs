using System.Diagnostics;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Hooks;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent.Tests.Real;

public sealed class FailoverTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Three_blank_nodes_become_a_cluster_and_survive_a_kill_of_the_master()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        try
        {
            await cluster.BootAsync(limit.Token);
            Assert.Equal(["master", "slave", "slave"], await cluster.RolesAsync());

            await cluster.SentinelsKnowReplicasAsync(limit.Token);
            var start = Stopwatch.GetTimestamp();
            await cluster["redis-a"].KillRedisAsync();
            output.WriteLine($"named anew after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
            // It was promoted with 100: hung and resumed later, it would be promoted again, without the newer data.
            Assert.Equal("0", await (await cluster.MasterAsync()).PriorityAsync());
            await cluster["redis-a"].StartRedisAsync();
            await cluster["redis-a"].JoinAsync(limit.Token);
            var roles = await cluster.RolesAsync();
            Assert.Equal("slave", roles[0]);
            Assert.Single(roles, r => r == "master");
        }
        finally
        {
            foreach (var line in cluster.Story())
                output.WriteLine(line);
        }
    }

    [Fact]
    public async Task A_master_that_is_back_before_anybody_noticed_still_hands_its_role_over()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        await cluster.BootAsync(limit.Token);
        await cluster.SentinelsKnowReplicasAsync(limit.Token);
        var master = cluster["redis-a"];
        master.CrashWithoutHook();
        await master.StartRedisAsync();
        await master.JoinAsync(limit.Token);
        var roles = await cluster.RolesAsync();
        Assert.Equal("slave", roles[0]);
        Assert.Single(roles, r => r == "master");
    }

    [Fact]
    public async Task The_watch_asks_the_moment_Redis_ends_and_both_it_and_the_hook_may_ask()
    {
        using var limit = new CancellationTokenSource(Limit);
        // Sentinel by itself would need longer than the whole test may take.
        using var cluster = new LoopbackCluster(downAfterMs: 60_000);
        await cluster.BootAsync(limit.Token);
        await cluster.SentinelsKnowReplicasAsync(limit.Token);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var master = cluster["redis-a"];
        var watch = new EndWatch(master.Agent).RunAsync(watching.Token);
        await Task.Delay(500, limit.Token);

        master.CrashWithoutHook();
        while ((await Task.WhenAll(cluster["redis-b"].RoleAsync(), cluster["redis-c"].RoleAsync())).Count(r => r == "master") != 1)
            await Task.Delay(50, limit.Token);
        var first = await cluster["redis-b"].RoleAsync();
        await HookCommand.RunAsync(master.Agent, "redis-stopped", limit.Token);

        await watching.CancelAsync();
        await watch;
        foreach (var line in master.Journal.Lines)
            output.WriteLine(line);
        Assert.Equal(first, await cluster["redis-b"].RoleAsync());
        Assert.Contains(master.Journal.Lines, l => l.Contains("Redis ended while this node was named master", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_planned_stop_hands_over_before_Redis_ends()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        await cluster.BootAsync(limit.Token);
        await cluster.SentinelsKnowReplicasAsync(limit.Token);
        var master = cluster["redis-a"];
        await master.StopRedisAsync();
        foreach (var line in master.Journal.Lines)
            output.WriteLine(line);

        Assert.Contains(master.Journal.Lines, l => l.Contains("handed over before the stop", StringComparison.Ordinal));
        var roles = await Task.WhenAll(cluster["redis-b"].RoleAsync(), cluster["redis-c"].RoleAsync());
        Assert.Single(roles, r => r == "master");
    }

    [Fact]
    public async Task A_switchover_whose_new_master_dies_at_once_does_not_call_it_master()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        await cluster.BootAsync(limit.Token);
        await cluster.SentinelsKnowReplicasAsync(limit.Token);
        using var said = new StringWriter();
        var switching = SwitchoverCommand.RunAsync(cluster["redis-a"].Agent, "redis-b", said, limit.Token);
        while (!switching.IsCompleted && await cluster["redis-b"].RoleAsync() != "master")
            await Task.Delay(1, limit.Token);
        cluster["redis-b"].CrashWithoutHook();
        Assert.Equal(ExitCode.Failed, await switching);
        Assert.Equal("no switchover: redis-b was promoted, and is not master any more; whom the Sentinels choose now: redishabake-agent status\n", said.ToString());
    }

    [Fact]
    public async Task Of_two_switchovers_at_once_one_happens_and_the_other_says_why_not()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        await cluster.BootAsync(limit.Token);
        await cluster.SentinelsKnowReplicasAsync(limit.Token);
        using var first = new StringWriter();
        using var second = new StringWriter();
        var codes = await Task.WhenAll(
            SwitchoverCommand.RunAsync(cluster["redis-b"].Agent, "redis-b", first, limit.Token), SwitchoverCommand.RunAsync(cluster["redis-c"].Agent, "redis-c", second, limit.Token));
        output.WriteLine($"{first}{second}");
        Assert.Equal([ExitCode.Good, ExitCode.Failed], codes);
        Assert.Equal("redis-b is master, named by the Sentinels; nothing was lost\n", first.ToString());
        Assert.StartsWith("no switchover: ", second.ToString(), StringComparison.Ordinal);
        Assert.Equal(["slave", "master", "slave"], await cluster.RolesAsync());
        Assert.Equal("0", await cluster["redis-b"].PriorityAsync());
        Assert.Equal("100", await cluster["redis-c"].PriorityAsync());
    }

    [Fact]
    public async Task Nobody_is_master_and_Sentinel_finds_no_good_replica_the_watch_ends_it()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(100));
        using var cluster = new LoopbackCluster(downAfterMs: 1000);
        await cluster.BootAsync(limit.Token);
        await cluster.SentinelsKnowReplicasAsync(limit.Token);

        // The replicas' links are down for more than ten times down-after while no Sentinel could act on it.
        foreach (var node in cluster.Nodes)
            node.KillSentinel();
        cluster["redis-a"].CrashWithoutHook();
        await Task.Delay(TimeSpan.FromSeconds(13), limit.Token);
        foreach (var node in cluster.Nodes)
            await node.StartSentinelAsync();

        await WatchesRaiseAsync(cluster, "Sentinel has been told", limit.Token);
    }

    [Fact]
    public async Task A_master_that_dies_before_any_Sentinel_knew_its_replicas_is_replaced_by_the_watch()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(100));
        using var cluster = new LoopbackCluster(downAfterMs: 1000);
        await cluster.BootAsync(limit.Token);
        foreach (var node in cluster.Nodes)
            node.ForgetReplicas();
        cluster["redis-a"].CrashWithoutHook();
        foreach (var node in cluster.Nodes)
            await node.StartSentinelAsync();

        await WatchesRaiseAsync(cluster, "no Sentinel knew of it", limit.Token);
    }

    [Fact]
    public async Task The_watch_takes_the_priority_of_whoever_became_master()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        await cluster.BootAsync(limit.Token);
        var master = cluster["redis-a"];
        await master.SetPriorityAsync(100);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var watch = new RoleWatch(master.Agent).RunAsync(watching.Token);
        while (await master.PriorityAsync() != "0")
            await Task.Delay(100, limit.Token);
        await watching.CancelAsync();
        await watch;
    }

    [Fact]
    public async Task A_Sentinel_of_another_cluster_that_is_sent_here_is_not_taken_for_one_of_ours()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var ours = new LoopbackCluster();
        // Made from the same secrets file, even: only its master's name differs.
        using var other = new LoopbackCluster(masterName: "other");
        await ours.BootAsync(limit.Token);
        await ours.SentinelsKnowReplicasAsync(limit.Token);
        var stranger = other["redis-a"];
        await stranger.StartSentinelAsync();
        await stranger.MonitorAsync(ours["redis-a"].Redis, limit.Token);
        // Twice the time in which every Sentinel says hello.
        await Task.Delay(TimeSpan.FromSeconds(4), limit.Token);
        foreach (var node in ours.Nodes)
            Assert.Equal("2", await node.OtherSentinelsAsync("tutorial"));
        Assert.Equal("0", await stranger.OtherSentinelsAsync("other"));
    }

    private async Task WatchesRaiseAsync(LoopbackCluster cluster, string sentence, CancellationToken ct)
    {
        var alive = new[] { cluster["redis-b"], cluster["redis-c"] };
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watches = alive.Select(n => new MasterlessWatch(n.Agent).RunAsync(watching.Token)).ToList();
        try
        {
            while (!alive.Any(n => n.Journal.Lines.Any(l => l.Contains(sentence, StringComparison.Ordinal))))
                await Task.Delay(500, ct);
            Assert.Single(await Task.WhenAll(alive.Select(n => n.RoleAsync())), r => r == "master");
        }
        finally
        {
            await watching.CancelAsync();
            await Task.WhenAll(watches);
            foreach (var line in cluster.Story())
                output.WriteLine(line);
        }
    }
}
