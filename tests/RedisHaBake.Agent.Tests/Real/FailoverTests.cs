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
}
