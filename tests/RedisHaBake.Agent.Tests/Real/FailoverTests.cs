using System.Diagnostics;

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

            var start = Stopwatch.GetTimestamp();
            await cluster["redis-a"].KillRedisAsync();
            output.WriteLine($"named anew after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
            await cluster["redis-a"].StartRedisAsync();
            await cluster["redis-a"].JoinAsync(limit.Token);
            var roles = await cluster.RolesAsync();
            Assert.Equal("slave", roles[0]);
            Assert.Single(roles, r => r == "master");
        }
        finally
        {
            foreach (var node in cluster.Nodes)
            {
                foreach (var line in node.Journal.Lines)
                    output.WriteLine($"{node.Name}: {line}");
            }
        }
    }

    [Fact]
    public async Task A_master_that_is_back_before_anybody_noticed_still_hands_its_role_over()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        await cluster.BootAsync(limit.Token);
        var master = cluster["redis-a"];
        master.CrashWithoutHook();
        await master.StartRedisAsync();
        await master.JoinAsync(limit.Token);
        var roles = await cluster.RolesAsync();
        Assert.Equal("slave", roles[0]);
        Assert.Single(roles, r => r == "master");
    }

    [Fact]
    public async Task A_planned_stop_hands_over_before_Redis_ends()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var cluster = new LoopbackCluster();
        await cluster.BootAsync(limit.Token);
        var master = cluster["redis-a"];
        await Task.Delay(1500, limit.Token);

        await master.StopRedisAsync();
        foreach (var line in master.Journal.Lines)
            output.WriteLine(line);

        Assert.Contains(master.Journal.Lines, l => l.Contains("handed over before the stop", StringComparison.Ordinal));
        var roles = await Task.WhenAll(cluster["redis-b"].RoleAsync(), cluster["redis-c"].RoleAsync());
        Assert.Single(roles, r => r == "master");
    }
}
