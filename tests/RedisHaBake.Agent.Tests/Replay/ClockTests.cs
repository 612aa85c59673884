using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Tests.Hooks;

namespace RedisHaBake.Agent.Tests.Replay;

/// <summary>Clocks that are set back, or were ahead: what was written down by them must neither stop a failover nor cost data.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_lost_vote_of_a_clock_that_was_ahead_does_not_keep_a_node_from_its_next()
    {
        var clock = new JumpingClock();
        using var cluster = new FakeCluster(clock);
        foreach (var node in cluster.Data)
        {
            cluster.GiveData(node.Name, 5);
            cluster.Start(node.Name);
        }

        foreach (var node in cluster.Data.Skip(1))
            (node.Follows, node.Priority) = (cluster.Data[0].Address, 100);
        cluster.Name("redis-a", 1);
        var agent = cluster.Agent("redis-a");
        new Turn(cluster.Sentinels[0].Id, 1, Won: false, clock.GetUtcNow()).Remember(agent.Root);
        clock.Jump(TimeSpan.FromHours(-1));
        var facts = await new ClusterObserver(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock).ObserveAsync(TestContext.Current.CancellationToken);
        Assert.True((await new FailoverRequest(agent).AskAsync(facts, TestContext.Current.CancellationToken)).Asked);
    }

    [Fact]
    public async Task A_recovery_has_the_others_keep_their_data_though_an_earlier_one_was_by_a_clock_that_was_ahead()
    {
        using var cluster = new FakeCluster();
        long data = 5;
        foreach (var node in cluster.Data)
        {
            cluster.GiveData(node.Name, data++);
            cluster.Life(node.Name).Write("20991231235959");
            cluster.Start(node.Name);
        }

        cluster.Node("redis-a").Stop();
        cluster.Sentinels[0].Up = false;
        cluster.Name("redis-a", 3);
        cluster.Sentinels[0].Up = false;
        using var said = new StringWriter();
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        await cluster.RunAsync([.. cluster.Joins(), ct => RecoverCommand.RunAsync(cluster.Agent("redis-b"), "redis-b", said, ct)]);
        var agent = cluster.Agent("redis-c");
        Assert.Contains("redis-c: its dataset is kept where its disk has room: ", said.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(agent.Root.At(new DatasetFiles(agent.Root, agent.Plan).KeptDirectory)));
    }
}
