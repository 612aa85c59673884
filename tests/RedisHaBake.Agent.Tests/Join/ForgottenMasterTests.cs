using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;

namespace RedisHaBake.Agent.Tests.Join;

/// <summary>VMs were made anew, and the Sentinels that still name a master are no majority.</summary>
public sealed class ForgottenMasterTests
{
    private const string Why = "only 1 of 3 Sentinels remembers a master (redis-a, epoch 62), the others name nobody; ";

    private const string Word = "only a person can say whose data to keep: on that node, redishabake-agent recover --from redis-c; redishabake-agent status says on each node when its data was last written";

    [Theory]
    [InlineData("redis-a")]
    [InlineData("redis-b")]
    [InlineData("redis-c")]
    public void A_replica_and_then_the_master_were_made_anew_the_Sentinels_are_told_so_that_the_survivor_can_be_master(string on) => Tells(
        Survivor(on),
        Why + "of all data nodes redis-c alone has data, the others are blank; telling the Sentinels what was forgotten, so that redis-c can be master");

    [Fact]
    public void Both_replicas_were_made_anew_the_Sentinels_are_told_of_the_master_that_runs()
    {
        var facts = new Facts("redis-b").Master("redis-a").Names("redis-a", 62, "redis-a");
        Tells(facts, Why + "redis-a is master, and every other node follows it or is blank; telling the Sentinels");
        // One that its Sentinel has re-pointed meanwhile.
        Tells(facts.Replica("redis-b", of: "redis-a", priority: 0).Node("redis-b", n => n with { Life = Life.Blank }), Why + "redis-a is master, and every other node follows it or is blank; telling the Sentinels");
    }

    [Fact]
    public void The_named_master_restarted_and_both_replicas_were_made_anew_it_is_named_again()
        => Assert.IsType<Decision.TellSentinels>(Decide(new Facts("redis-b").Restarted("redis-a").Names("redis-a", 62, "redis-a")));

    [Fact]
    public void A_witness_tells_too()
        => Assert.IsType<Decision.TellSentinels>(JoinDecision.DecideWithoutRedis(new Facts("redis-b").Master("redis-a").Names("redis-a", 62, "redis-a").Make()));

    [Fact]
    public void A_data_node_or_a_Sentinel_that_does_not_answer_is_waited_for()
    {
        Waits(Survivor("redis-c").Down("redis-b", 5), Why + "waiting for redis-b to answer");
        Waits(Survivor("redis-c").Down("redis-b", 9999), Why + "waiting for redis-b to answer; if it does not come, " + Word);
        Waits(Survivor().Node("redis-b", n => n with { Loading = true }), Why + "waiting for redis-b to answer");
        Waits(Survivor().SentinelDown("redis-b"), Why.Replace("others", "others that answer") + "waiting for the Sentinel of redis-b, which may remember more; if it does not come, " + Word);
    }

    [Fact]
    public void Where_the_memory_may_be_out_of_date_and_could_cost_data_only_a_person_can_say()
    {
        // The survivor restarted: whether it was in sync is not known.
        Waits(Survivor().Restarted("redis-c"), Why + Word);
        // Two have data, and one Sentinel's word says nothing of which is newer.
        var two = Survivor().Restarted("redis-b");
        Assert.Contains("recover --from redis-b or redishabake-agent recover --from redis-c", Assert.IsType<Decision.Wait>(Decide(two)).Sentence);
        // A master that is not the remembered one.
        Waits(Survivor().Master("redis-c"), Why + Word);
        // Lost files are not a blank node's.
        Waits(Survivor().Node("redis-b", n => n with { Life = Life.Lost }), Why + Word);
    }

    [Fact]
    public void A_majority_that_disagrees_has_not_forgotten()
        => Assert.Contains("a failover is spreading", Decide(Survivor().Names("redis-a", 3, "redis-b")).Sentence);

    private static Facts Survivor(string on = "redis-b") => new Facts(on).Replica("redis-c", of: "redis-a")
        .Node("redis-c", n => n with { LinkUp = false, LinkDownFor = TimeSpan.FromSeconds(5) }).Names("redis-a", 62, "redis-c");

    private static Decision Decide(Facts facts) => JoinDecision.Decide(facts.Make());

    private static void Tells(Facts facts, string why)
    {
        var tell = Assert.IsType<Decision.TellSentinels>(Decide(facts));
        Assert.Equal((Facts.AddressOf("redis-a"), why), (tell.Address, tell.Sentence));
    }

    private static void Waits(Facts facts, string why) => Assert.Equal(why, Assert.IsType<Decision.Wait>(Decide(facts)).Sentence);
}
