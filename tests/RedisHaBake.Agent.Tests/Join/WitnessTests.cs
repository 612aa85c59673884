using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Tests.Join;

/// <summary>A node with a Sentinel and no Redis.</summary>
public class WitnessTests
{
    [Fact]
    public async Task A_witness_is_settled_once_its_Sentinel_knows_the_master()
    {
        using var machine = new FakeMachine(plan => WithoutRedis(plan));
        var all = new Facts().Master("redis-b").Replica("redis-c", of: "redis-b").Names("redis-b", 0).Make();
        var facts = new Cluster.ClusterFacts(WithoutRedis(all.Plan), all.Sentinels, [.. all.DataNodes.Where(n => n.Node != all.Plan.Node)], all.OwnLife);

        var said = await new JoinActions(machine.Agent).DoAsync(
            JoinDecision.DecideWithoutRedis(facts), facts, new JoinTeller(machine.Agent), TestContext.Current.CancellationToken);
        Assert.Equal("the Sentinels name redis-b", said);
    }

    private static NodePlan WithoutRedis(NodePlan plan)
        => plan with { Nodes = [.. plan.Nodes.Select(n => n.Name == plan.Node ? n with { Roles = [NodeRole.Sentinel] } : n)] };
}
