using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;

namespace RedisHaBake.Agent.Tests.Join;

public sealed class JoinDecisionTests
{
    [Fact]
    public void Rule_1_A_node_follows_the_named_master_that_says_so_itself()
    {
        var decision = Assert.IsType<Decision.Follow>(Decide(new Facts("redis-b").Master("redis-a").Names("redis-a", 0)));
        Assert.Equal("10.10.90.37", decision.Address);
    }

    [Fact]
    public void Rule_1_A_node_whose_own_Redis_keeps_it_from_following_says_that_and_blames_no_master()
    {
        string Says(Func<Facts, Facts> own) => Assert.IsType<Decision.Follow>(Decide(own(new Facts("redis-b").Master("redis-a").Names("redis-a", 0)))).Sentence;
        Assert.EndsWith("; following it", Says(f => f.Down("redis-b", goneForSeconds: 1)), StringComparison.Ordinal);
        Assert.EndsWith("; waiting for our Redis to answer", Says(f => f.Down("redis-b", goneForSeconds: 4)), StringComparison.Ordinal);
        Assert.EndsWith("; waiting for our Redis to load its data", Says(f => f.Node("redis-b", n => n with { Loading = true })), StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_1_An_unseen_higher_epoch_on_any_Sentinel_means_that_nobody_is_named_yet()
        => Waits(new Facts("redis-b").Master("redis-a").Names("redis-a", 3).Names("redis-c", 4, "redis-c"), "do not agree");

    [Fact]
    public void Rule_1_A_disagreement_that_lasts_longer_than_a_failover_can_spread_is_not_called_one()
    {
        Facts Split() => new Facts("redis-b").Restarted("redis-b").Master("redis-a").Names("redis-a", 3).Names("redis-c", 4, "redis-c");
        var later = Assert.IsType<Decision.Wait>(JoinDecision.Decide(Split().Make() with { SpreadingFor = TimeSpan.FromMinutes(1) }));
        Assert.Equal(
            "the Sentinels do not agree on a master, and no failover spreads for so long (that of redis-a names redis-a, epoch 3; that of redis-b names redis-a, epoch 3; that of redis-c names redis-c, epoch 4); "
            + "only a person can say whose data to keep: on that node, redishabake-agent recover --from redis-a or redishabake-agent recover --from redis-b; redishabake-agent status says on each node when its data was last written",
            later.Sentence);
        Assert.True(Split().Make().IsSpreading);
        Assert.DoesNotContain("is spreading", JoinDecision.Decide(new Facts().Restarted("redis-a").Master("redis-b").Names("redis-a", 1).Make() with { SpreadingFor = TimeSpan.FromMinutes(1) }).Sentence);
    }

    [Fact]
    public void Rule_1_A_minority_of_Sentinels_names_nobody()
        => Waits(new Facts("redis-b").Master("redis-a").Names("redis-a", 3).SentinelDown("redis-a", "redis-c"), "1 of 3 Sentinels answer");

    [Fact]
    public void Rule_2_A_named_node_waits_while_another_says_that_it_is_master()
        => Waits(new Facts().Restarted("redis-a").Master("redis-b").Names("redis-a", 1), "redis-b says that it is");

    [Fact]
    public void Rule_2a_A_restarted_master_asks_for_the_failover_when_a_fit_replica_is_seen()
        => Assert.IsType<Decision.AskFailover>(Decide(new Facts { OwnLife = Life.Member }
            .Restarted("redis-a").Replica("redis-b", "redis-a").Replica("redis-c", "redis-a").Names("redis-a", 1)));

    [Fact]
    public void Rule_2a_A_re_created_empty_master_asks_too_and_never_raises_itself()
        => Assert.IsType<Decision.AskFailover>(Decide(new Facts().Replica("redis-b", "redis-a").Replica("redis-c", "redis-a").Names("redis-a", 1)));

    [Fact]
    public void Rule_2a_A_replica_that_a_majority_of_Sentinels_lists_alive_counts_though_we_do_not_reach_it()
        => Assert.IsType<Decision.AskFailover>(Decide(new Facts { OwnLife = Life.Member }
            .Restarted("redis-a").Down("redis-b").Replica("redis-c", "redis-a", priority: 0)
            .Names("redis-a", 1).Lists("redis-b", "redis-b").Lists("redis-c", "redis-b")));

    [Fact]
    public void Rule_2a_A_dead_replica_stays_listed_with_priority_100_and_does_not_count()
        => Waits(new Facts { OwnLife = Life.Member }
            .Restarted("redis-a").Down("redis-b").Restarted("redis-c").Names("redis-a", 1)
            .Lists("redis-a", "redis-b", r => r with { Down = true }).Lists("redis-b", "redis-b", r => r with { Down = true })
            .Lists("redis-c", "redis-b", r => r with { InfoRefreshed = false }), "waiting for redis-b");

    [Fact]
    public void Rule_2a_A_fit_replica_whose_link_is_down_too_long_is_for_the_watch()
        => Waits(new Facts { OwnLife = Life.Member }.Restarted("redis-a")
            .Replica("redis-b", "redis-a").Node("redis-b", n => n with { LinkUp = false, LinkDownFor = TimeSpan.FromSeconds(17) })
            .Restarted("redis-c").Names("redis-a", 1), "the watch");

    [Fact]
    public void Rule_2b_A_cold_start_raises_the_named_node_once_the_others_answered_that_they_are_unfit()
        => Assert.IsType<Decision.RaiseInPlace>(Decide(new Facts { OwnLife = Life.Member }
            .Restarted("redis-a").Restarted("redis-b").Restarted("redis-c").Names("redis-a", 7)));

    [Fact]
    public void Rule_2b_All_empty_with_a_life_mark_is_a_life_without_keys()
        => Assert.IsType<Decision.RaiseInPlace>(Decide(new Facts { OwnLife = Life.Member }
            .Node("redis-a", n => n with { Life = Life.Member }).Node("redis-b", n => n with { Life = Life.Member })
            .Node("redis-c", n => n with { Life = Life.Member }).Names("redis-a", 7)));

    [Fact]
    public void Rule_2b_waits_for_a_node_that_is_still_loading()
        => Waits(new Facts { OwnLife = Life.Member }
            .Restarted("redis-a").Restarted("redis-b").Restarted("redis-c").Node("redis-c", n => n with { Loading = true }).Names("redis-a", 7), "redis-c");

    [Theory]
    [InlineData(31.9, false)]
    [InlineData(32.0, true)]
    public void Rule_2b_A_node_is_gone_after_down_after_and_30_seconds(double seconds, bool raises)
        => Assert.Equal(raises, Decide(new Facts { OwnLife = Life.Member }
            .Restarted("redis-a").Restarted("redis-b").Down("redis-c", seconds).Names("redis-a", 7)) is Decision.RaiseInPlace);

    [Fact]
    public void Rule_2b_A_node_that_lost_its_data_is_never_raised()
        => Waits(new Facts { OwnLife = Life.Lost }
            .Node("redis-a", n => n with { Life = Life.Member }).Restarted("redis-b").Restarted("redis-c").Names("redis-a", 7), "only a person can say");

    [Fact]
    public void Rule_2c_An_interrupted_bootstrap_is_finished_while_everybody_is_blank()
        => Assert.IsType<Decision.Bootstrap>(Decide(new Facts().Names("redis-a", 0)));

    [Fact]
    public void Rule_2c_An_interrupted_bootstrap_that_told_one_Sentinel_is_finished()
        => Assert.IsType<Decision.Bootstrap>(Decide(new Facts().Names("redis-a", 0, "redis-b")));

    [Fact]
    public void Rule_2d_A_blank_named_node_waits_for_the_nodes_with_data()
        => Waits(new Facts().Restarted("redis-b").Restarted("redis-c").Names("redis-a", 7), "only a person can say");

    [Theory]
    [InlineData(true, "not master")]
    [InlineData(false, "does not answer")]
    public void Rule_3_A_named_node_that_is_not_master_is_waited_for(bool reachable, string why)
    {
        var facts = new Facts("redis-b").Restarted("redis-b").Names("redis-a", 1);
        Waits(reachable ? facts.Restarted("redis-a") : facts.Down("redis-a"), why);
    }

    [Fact]
    public void Rule_3_No_word_is_asked_for_in_the_moment_in_which_the_promoted_one_is_master_and_not_named_yet()
        => Waits(new Facts("redis-b").Master("redis-c").Names("redis-a", 1), "waiting for the failover or for its own decision");

    [Fact]
    public void Rule_4a_The_initial_master_bootstraps_when_all_are_reached_and_blank()
        => Assert.IsType<Decision.Bootstrap>(Decide(new Facts()));

    [Fact]
    public void Rule_4a_Another_node_waits_for_the_initial_master() => Waits(new Facts("redis-b"), "waiting for redis-a to bootstrap");

    [Fact]
    public void Rule_4a_A_missing_data_node_is_waited_for_and_named() => Waits(new Facts().Down("redis-c", 9999), "waiting for redis-c");

    [Fact]
    public void Rule_4a_Before_two_minutes_it_is_said_that_a_way_out_will_be_named()
        => Waits(new Facts().Down("redis-c", 5), "waiting for redis-c to answer; if it does not come within 2 minutes, the way out is shown here");

    [Fact]
    public void Rule_4a_After_two_minutes_the_way_out_is_named()
        => Waits(new Facts().Down("redis-c", 9999), "on redis-a: redishabake-agent bootstrap --without redis-c");

    [Fact]
    public void Rule_4a_Where_somebody_holds_data_the_way_out_is_to_say_whose()
        => Waits(new Facts().Restarted("redis-b").Down("redis-c", 9999), "on that node, redishabake-agent recover --from redis-b");

    [Fact]
    public void Rule_4a_By_a_persons_word_an_absent_node_is_not_waited_for()
        => Assert.IsType<Decision.Bootstrap>(Decide(new Facts { Absent = ["redis-c"] }.Down("redis-c")));

    [Fact]
    public void Rule_4a_Without_the_initial_master_the_next_one_bootstraps()
        => Assert.IsType<Decision.Bootstrap>(Decide(new Facts("redis-b") { Absent = ["redis-a"] }.Down("redis-a")));

    [Fact]
    public void Rule_4a_An_initial_master_that_came_after_all_bootstraps_itself()
        => Waits(new Facts("redis-b") { Absent = ["redis-a"] }, "waiting for redis-a to bootstrap");

    [Fact]
    public void Rule_4a_An_absent_node_that_came_with_data_is_never_wiped()
        => Waits(new Facts { Absent = ["redis-c"] }.Restarted("redis-c"), "redis-c held data before");

    [Fact]
    public void Rule_2c_A_bootstrap_without_a_node_is_resumed()
        => Assert.IsType<Decision.Bootstrap>(Decide(new Facts { Absent = ["redis-c"] }.Down("redis-c").Names("redis-a", 0, "redis-a", "redis-b")));

    [Theory]
    [InlineData("redis-x", "no data node")]
    [InlineData("redis-a", "is this node")]
    [InlineData("redis-b", "redis-b answers")]
    public void A_bootstrap_is_refused_where_it_would_guess(string absent, string because)
        => Assert.Contains(because, BootstrapCommand.Refusal(new Facts().Down("redis-c").Make(), [absent]));

    [Fact]
    public void A_bootstrap_is_refused_by_another_missing_node_a_named_master_old_data_and_a_minority()
    {
        Assert.Null(BootstrapCommand.Refusal(new Facts().Down("redis-c").Make(), ["redis-c"]));
        Assert.Contains("run it on redis-b", BootstrapCommand.Refusal(new Facts("redis-c").Down("redis-a").Make(), ["redis-a"]));
        Assert.Contains("redis-b does not answer either", BootstrapCommand.Refusal(new Facts().Down("redis-c").Down("redis-b").Make(), ["redis-c"]));
        Assert.Contains("names a master", BootstrapCommand.Refusal(new Facts().Down("redis-c").Names("redis-a", 0, "redis-b").Make(), ["redis-c"]));
        Assert.Contains("redis-b held data", BootstrapCommand.Refusal(new Facts().Down("redis-c").Restarted("redis-b").Make(), ["redis-c"]));
        Assert.Contains("Sentinels answer", BootstrapCommand.Refusal(new Facts().Down("redis-c").SentinelDown("redis-b", "redis-c").Make(), ["redis-c"]));
    }

    [Fact]
    public void Rule_2c_Whoever_began_a_bootstrap_finishes_it_though_the_initial_master_is_back()
    {
        Assert.IsType<Decision.Bootstrap>(Decide(new Facts("redis-b").Names("redis-b", 0, "redis-c")));
        Waits(new Facts("redis-a").Names("redis-b", 0, "redis-c"), "every data node is blank; waiting for redis-b to finish the bootstrap");
    }

    [Fact]
    public void When_every_VM_with_data_was_made_anew_whom_a_Sentinel_remembers_bootstraps()
    {
        var facts = () => new Facts("redis-b").Names("redis-b", 7, "redis-c");
        Assert.IsType<Decision.Bootstrap>(Decide(facts()));
        Assert.IsType<Decision.Bootstrap>(Decide(new Facts("redis-b").Names("redis-b", 7)));
        Waits(new Facts("redis-a").Names("redis-b", 7, "redis-c"), "waiting for it to bootstrap");
        Waits(facts().Restarted("redis-a"), "on that node, redishabake-agent recover --from redis-a");
        Waits(facts().Down("redis-a", 9999), "waiting for redis-a to answer");
    }

    [Fact]
    public void A_named_master_whose_own_Sentinel_forgot_it_tells_it()
        => Assert.IsType<Decision.TellSentinels>(Decide(new Facts { OwnLife = Life.Member }.Master("redis-a").Names("redis-a", 3, "redis-b", "redis-c")));

    [Fact]
    public void Rule_3_When_the_named_one_is_gone_and_nobody_is_fit_the_persons_way_out_is_named()
    {
        Waits(new Facts("redis-b").Restarted("redis-b").Restarted("redis-c").Down("redis-a", 31).Names("redis-a", 1), "waiting for the failover");
        Waits(
            new Facts("redis-b").Restarted("redis-b").Restarted("redis-c").Down("redis-a", 33).Names("redis-a", 1),
            "on that node, redishabake-agent recover --from redis-b or redishabake-agent recover --from redis-c");
        Waits(new Facts("redis-b").Restarted("redis-b").Names("redis-a", 1), "recover --from redis-b");
        Waits(new Facts("redis-b").Names("redis-a", 0), "waiting for the failover or for its own decision");
    }

    [Fact]
    public void Rule_4a_A_minority_of_Sentinels_bootstraps_nothing()
        => Waits(new Facts().SentinelDown("redis-b", "redis-c"), "waiting for redis-b, redis-c");

    [Fact]
    public void Rule_4_A_node_with_data_among_blank_ones_is_never_wiped_by_a_bootstrap()
        => Waits(new Facts().Restarted("redis-b"), "redis-b held data before");

    [Fact]
    public void Rule_4b_Sentinels_that_lost_their_state_are_told_who_is_master()
    {
        var tell = Assert.IsType<Decision.TellSentinels>(
            Decide(new Facts("redis-c").Master("redis-b").Replica("redis-a", "redis-b").Replica("redis-c", "redis-b")));
        Assert.Equal("10.10.90.227", tell.Address);
    }

    [Fact]
    public void A_master_that_is_named_is_settled()
        => Assert.IsType<Decision.Settled>(Decide(new Facts { OwnLife = Life.Member }.Master("redis-a").Names("redis-a", 0)));

    [Fact]
    public void Without_Redis_a_node_adopts_what_the_majority_names()
        => Assert.IsType<Decision.TellSentinels>(JoinDecision.DecideWithoutRedis(
            new Facts("redis-c").Master("redis-a").Names("redis-a", 2, "redis-a", "redis-b").Make()));

    private static Decision Decide(Facts facts) => JoinDecision.Decide(facts.Make());

    private static void Waits(Facts facts, string why) => Assert.Contains(why, Assert.IsType<Decision.Wait>(Decide(facts)).Sentence);
}
