using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;

namespace RedisHaBake.Agent.Tests.Replay;

/// <summary>Whoever told a Sentinel whom to monitor may have died before the settings: no node is a member before its own Sentinel has them.</summary>
public sealed class OwnSentinelTests
{
    [Theory]
    [InlineData("redis-a")]
    [InlineData("redis-b")]
    public async Task One_that_still_names_the_master_of_before_gets_its_settings_when_it_has_heard_of_the_new_one(string node)
    {
        using var cluster = Settled();
        var own = cluster.Sentinels.First(s => s.Id == node);
        own.IsConfigured = false;
        var agent = cluster.Agent(node);
        var (actions, teller) = (new JoinActions(agent), new JoinTeller(agent));

        var heard = await ObserveAsync(cluster, node);
        var spreading = StillNames(heard, node, cluster.Node("redis-c").Address);
        Assert.Null(await actions.DoAsync(JoinDecision.Decide(spreading), spreading, teller, default));
        Assert.Equal(node == "redis-a" ? 0 : 100, cluster.Node(node).Priority);
        Assert.False(own.IsConfigured);

        Assert.NotNull(await actions.DoAsync(JoinDecision.Decide(heard), heard, teller, default));
        Assert.True(own.IsConfigured);
    }

    [Fact]
    public async Task One_that_names_another_for_ever_does_not_keep_the_node_from_being_a_member()
    {
        using var cluster = Settled();
        var agent = cluster.Agent("redis-b");
        var (actions, teller) = (new JoinActions(agent), new JoinTeller(agent));
        var spreading = StillNames(await ObserveAsync(cluster, "redis-b"), "redis-b", cluster.Node("redis-c").Address);

        var since = agent.Clock.GetTimestamp();
        string? done = null;
        for (var i = 0; i < 600 && done is null; i++)
        {
            done = await actions.DoAsync(JoinDecision.Decide(spreading), spreading, teller, default);
            await Task.Delay(TimeSpan.FromMilliseconds(200), agent.Clock);
        }

        Assert.NotNull(done);
        Assert.True(agent.Clock.GetElapsedTime(since) > TimeSpan.FromSeconds(30));
    }

    private static FakeCluster Settled()
    {
        var cluster = new FakeCluster();
        foreach (var node in cluster.Data)
        {
            cluster.GiveData(node.Name, 9);
            cluster.Start(node.Name);
        }

        cluster.Node("redis-a").IsMaster = true;
        foreach (var replica in cluster.Data.Skip(1))
            (replica.Follows, replica.Priority) = (cluster.Node("redis-a").Address, 100);
        cluster.Name("redis-a", 3);
        return cluster;
    }

    private static Task<ClusterFacts> ObserveAsync(FakeCluster cluster, string node)
    {
        var agent = cluster.Agent(node);
        return new ClusterObserver(agent.Plan, cluster.Life(node), agent.Clock).ObserveAsync(default);
    }

    private static ClusterFacts StillNames(ClusterFacts facts, string node, string address) => new(
        facts.Plan,
        [.. facts.Sentinels.Select(s => s.Node == node ? s with { Names = s.Names! with { Address = address, ConfigEpoch = 1 } } : s)],
        facts.DataNodes,
        facts.OwnLife);
}
