using FsCheck;
using FsCheck.Fluent;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Join;

/// <summary>What must hold for any answers that a cluster can give, also those that nobody has thought of.</summary>
public sealed class JoinDecisionProperties
{
    private static readonly string[] Names = ["redis-a", "redis-b", "redis-c"];

    [Fact]
    public void Nobody_bootstraps_unless_every_other_data_node_answered_that_it_is_blank() => Holds(facts =>
        JoinDecision.Decide(facts) is not Decision.Bootstrap || (facts.Others.All(n => n.Blank) && !facts.Own.HasKeys));

    [Fact]
    public void Nobody_is_raised_in_place_while_a_fit_or_undecided_node_is_within_reach() => Holds(facts =>
        JoinDecision.Decide(facts) is not Decision.RaiseInPlace
            || facts.Others.All(n => !n.IsMaster && !n.Fit && ((n.Reachable && !n.Loading) || n.GoneFor >= JoinDecision.GoneAfter(facts))));

    [Fact]
    public void Nobody_is_raised_in_place_without_its_own_whole_data() => Holds(facts =>
        JoinDecision.Decide(facts) is not Decision.RaiseInPlace || (facts.OwnLife == Life.Member && facts.Own is { Reachable: true, Loading: false }));

    [Fact]
    public void Only_what_a_majority_names_at_the_highest_epoch_is_followed() => Holds(facts =>
        JoinDecision.Decide(facts) is not Decision.Follow follow
            || facts.Sentinels.Count(s => s.Names?.Address == follow.Address && s.Names.ConfigEpoch == facts.Sentinels.Max(o => o.Names?.ConfigEpoch ?? 0)) >= 2);

    [Fact]
    public void What_a_minority_remembers_is_told_only_where_one_node_alone_has_data_or_is_master_of_all() => Holds(facts =>
        !facts.Naming.IsForgotten || JoinDecision.Decide(facts) is not Decision.TellSentinels tell
            || (facts.DataNodes.All(n => n is { Reachable: true, Loading: false })
                && facts.DataNodes.Count(n => n.IsMaster) <= 1
                && facts.DataNodes.Where(n => !n.Blank && n.Address != tell.Address).All(n => n.MasterAddress == tell.Address || facts.DataNodes.Count(o => !o.Blank) == 1)));

    [Fact]
    public void Without_a_majority_of_Sentinels_a_node_only_waits() => Holds(facts =>
        facts.Sentinels.Count(s => s.Reachable) >= 2 || JoinDecision.Decide(facts) is Decision.Wait);

    [Fact]
    public void Only_a_node_that_a_Sentinel_names_or_the_initial_master_ever_becomes_master() => Holds(facts =>
        JoinDecision.Decide(facts) is not (Decision.Bootstrap or Decision.RaiseInPlace)
            || facts.Sentinels.Any(s => s.Names?.Address == facts.Own.Address)
            || facts.Plan.InitialMaster == facts.Plan.Node);

    [Fact]
    public void A_waiting_node_says_the_same_until_something_changes() => Holds(facts =>
    {
        var later = new ClusterFacts(
            facts.Plan, facts.Sentinels, [.. facts.DataNodes.Select(n => n.GoneFor >= JoinDecision.GoneAfter(facts) ? n with { GoneFor = n.GoneFor + TimeSpan.FromSeconds(1) } : n)], facts.OwnLife);
        return JoinDecision.Decide(facts).Sentence == JoinDecision.Decide(later).Sentence;
    });

    private static void Holds(Func<ClusterFacts, bool> property)
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(AnyFacts(), property));

    private static Arbitrary<ClusterFacts> AnyFacts()
    {
        var address = Gen.Elements(Names.Select(Facts.AddressOf).ToArray());
        var flag = Gen.Elements(true, false);
        var node =
            from reachable in flag
            from loading in Gen.Elements(false, false, false, true)
            from master in Gen.Elements(false, false, true)
            from of in address
            from unattached in flag
            from priority in Gen.Elements(0, 100)
            from keys in flag
            from life in Gen.Elements(Life.Blank, Life.Blank, Life.Member, Life.Lost, Life.Unknown)
            from gone in Gen.Elements(0, 31, 33)
            from down in Gen.Elements(0, 5, 100)
            select (Func<string, DataNodeView>)(name => reachable
                ? new(name, Facts.AddressOf(name), true, loading, master, master ? "" : unattached ? DataNodeView.Nobody : of, !unattached && down == 0,
                    Priority: priority, HasKeys: keys, Life: life, LinkDownFor: TimeSpan.FromSeconds(down))
                : new(name, Facts.AddressOf(name), false, GoneFor: TimeSpan.FromSeconds(gone)));
        var sentinel =
            from reachable in Gen.Elements(true, true, false)
            from names in flag
            from of in address
            from epoch in Gen.Elements(0L, 0L, 1L, 2L)
            select (Func<string, SentinelView>)(name => reachable
                ? new(name, true, name, Names: names ? new(of, 6379, epoch, false, false) : null)
                : new(name, false));
        return (
            from self in Gen.Elements(Names)
            from nodes in node.ArrayOf(3)
            from sentinels in sentinel.ArrayOf(3)
            from life in Gen.Elements(Life.Blank, Life.Member, Life.Lost)
            select new ClusterFacts(
                SamplePlan.Tutorial(self),
                [.. Names.Select((n, i) => sentinels[i](n))],
                [.. Names.Select((n, i) => nodes[i](n))],
                life)).ToArbitrary();
    }
}
