using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Status;
using RedisHaBake.Agent.Tests.Join;

namespace RedisHaBake.Agent.Tests.Status;

/// <summary>A failover needs the spec's quorum and a majority: both are said where they differ, and which is missing.</summary>
public class QuorumTests
{
    [Theory]
    [InlineData(2, 0, true, "2 must agree", "")]
    [InlineData(2, 1, true, "2 must agree", "")]
    [InlineData(2, 2, false, "2 must agree", "a majority, 2 of 3, has to authorize it, and only 1 can")]
    [InlineData(3, 0, true, "3 must call the master down (failover.quorum) and 2 authorize the failover (a majority)", "")]
    [InlineData(3, 1, false, "3 must call the master down (failover.quorum) and 2 authorize the failover (a majority)", "failover.quorum asks for 3 of 3 to call the master down, and only 2 can")]
    [InlineData(1, 2, false, "1 must call the master down (failover.quorum) and 2 authorize the failover (a majority)", "a majority, 2 of 3, has to authorize it, and only 1 can")]
    public void It_says_what_a_failover_needs_and_lacks(int quorum, int down, bool possible, string needed, string lacking)
    {
        var status = QuorumStatus.Of(With(quorum, new Facts().Master("redis-a").Names("redis-a", 3).SentinelDown([.. new[] { "redis-c", "redis-b" }.Take(down)]).Make()));
        Assert.Equal((possible, needed, lacking), (status.CanFailOver, status.Needed, status.Lacking));
    }

    [Fact]
    public void Without_a_named_master_there_is_nobody_to_fail_over_from()
        => Assert.Equal("no majority names a master", QuorumStatus.Of(new Facts().Make()).Lacking);

    private static ClusterFacts With(int quorum, ClusterFacts facts)
        => facts with { Plan = facts.Plan with { Failover = facts.Plan.Failover with { Quorum = quorum } } };
}
