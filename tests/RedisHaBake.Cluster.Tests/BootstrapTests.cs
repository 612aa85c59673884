using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The first boot ends in the middle.</summary>
public class BootstrapTests
{
    [Fact]
    public async Task One_that_was_killed_after_its_first_step_is_finished()
    {
        await using var lab = await LabGround.ClusterAsync("bootstrap");
        var agent = new AgentView(lab);
        var first = lab["redis-a"];
        await Task.WhenAll(first.BootAsync(), lab["redis-b"].BootAsync());
        await LabGround.UntilAsync(
            async () => (await Readiness.OfAsync(first)).Doing.Contains("waiting for redis-c", StringComparison.Ordinal), LabGround.BootLimit, "redis-a waits for redis-c");

        // Dead after the first SENTINEL MONITOR, which went to its own Sentinel, before its settings.
        await first.RunAsync("systemctl", "stop", "redishabake-agent", "redishabake-join");
        (await agent.SentinelAsync("redis-a", "SENTINEL", "MONITOR", "tutorial", first.Node.Address, "6379", "2")).OrThrow();
        await lab["redis-c"].BootAsync();
        await LabGround.UntilAsync(
            async () => (await Readiness.OfAsync(lab["redis-c"])).Doing.Contains("waiting for redis-a to finish the bootstrap", StringComparison.Ordinal), LabGround.BootLimit, "redis-c waits");
        Assert.Equal("", await LabView.MasterAsync(lab));

        await first.RunAsync("systemctl", "start", "redishabake-agent");
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("redis-a", await Convergence.WaitAsync(lab, ["redis-a", "redis-b", "redis-c"], LabGround.RestLimit, TestContext.Current.CancellationToken));
        Assert.Contains("finishing it", await first.AgentJournalAsync(), StringComparison.Ordinal);
        Assert.Equal("2000", (await agent.SentinelAsync("redis-a", "SENTINEL", "MASTER", "tutorial")).AsPairs()["down-after-milliseconds"]);
    }
}
