using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;

namespace RedisHaBake.Agent.Tests.Replay;

/// <summary>Whom the node asks whose Redis ended, and how often it takes a vote for that.</summary>
public sealed class AskingTests
{
    [Fact]
    public async Task Refused_by_one_Sentinel_the_next_is_asked_and_a_repeat_takes_no_further_vote()
    {
        using var cluster = Restarted();
        foreach (var sentinel in cluster.Sentinels.Take(2))
            sentinel.Refuses = "-NOGOODSLAVE No suitable replica to promote\r\n";
        var request = new FailoverRequest(cluster.Agent("redis-a"));
        cluster.Sentinels[2].Refuses = cluster.Sentinels[0].Refuses;
        Assert.False((await request.AskAsync(await FactsAsync(cluster), default)).Asked);
        var silenced = cluster.Sentinels.Sum(s => s.Silenced);
        Assert.Equal(6, silenced);
        for (var i = 0; i < 5; i++)
            await request.AskAsync(await FactsAsync(cluster), default);
        Assert.Equal(silenced, cluster.Sentinels.Sum(s => s.Silenced));

        cluster.Sentinels[2].Refuses = null;
        Assert.True((await request.AskAsync(await FactsAsync(cluster), default)).Asked);
        Assert.Equal(silenced, cluster.Sentinels.Sum(s => s.Silenced));
        Assert.NotEqual(cluster.Node("redis-a").Address, cluster.Sentinels[2].Names);
    }

    [Fact]
    public async Task A_Sentinel_in_TILT_is_not_asked()
    {
        using var cluster = Restarted();
        cluster.Sentinels[0].Tilt = true;
        var outcome = await new FailoverRequest(cluster.Agent("redis-a")).AskAsync(await FactsAsync(cluster), default);
        Assert.True(outcome.Asked, outcome.Sentence);
        Assert.Contains("redis-b's Sentinel", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switchover_without_a_fit_replica_is_refused_with_each_nodes_reason()
    {
        using var cluster = Restarted();
        cluster.Node("redis-a").IsMaster = true;
        cluster.Node("redis-b").Priority = 0;
        cluster.Node("redis-c").Stop();
        using var said = new StringWriter();
        Assert.Equal(1, await SwitchoverCommand.RunAsync(cluster.Agent("redis-a"), null, said, default));
        Assert.Equal("no switchover: no other data node can take over: redis-b has not completed a sync yet; redis-c does not answer", said.ToString().Trim());
        Assert.True(cluster.Node("redis-a").IsMaster);
    }

    private static FakeCluster Restarted()
    {
        var cluster = new FakeCluster(TimeProvider.System);
        foreach (var node in cluster.Data)
        {
            cluster.GiveData(node.Name, 5);
            cluster.Start(node.Name);
        }

        foreach (var node in cluster.Data.Skip(1))
            (node.Follows, node.Priority) = (cluster.Data[0].Address, 100);
        cluster.Name("redis-a", 1);
        return cluster;
    }

    private static Task<ClusterFacts> FactsAsync(FakeCluster cluster)
    {
        var agent = cluster.Agent("redis-a");
        return new ClusterObserver(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock).ObserveAsync(default);
    }
}
