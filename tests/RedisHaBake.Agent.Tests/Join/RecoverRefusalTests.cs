using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;

namespace RedisHaBake.Agent.Tests.Join;

public sealed class RecoverRefusalTests
{
    [Fact]
    public void It_is_done_where_the_named_one_is_gone_or_has_nothing()
    {
        Assert.Null(Refusal(Gone()));
        Assert.Null(Refusal(Gone().Node("redis-a", _ => new("redis-a", Facts.Address, Reachable: true, MasterAddress: DataNodeView.Nobody, Life: Life.Blank))));
        Assert.Null(Refusal(Gone().Restarted("redis-a").Node("redis-a", n => n with { Life = Life.Lost, HasKeys = false })));
        Assert.Null(Refusal(new Facts("redis-b") { OwnLife = Life.Member }.Restarted("redis-a").Restarted("redis-b").Restarted("redis-c")));
    }

    [Fact]
    public void It_is_done_again_where_it_was_interrupted()
    {
        Assert.Null(Refusal(Gone().Node("redis-b", n => n with { Priority = 1 })));
        Assert.Null(Refusal(Gone().Master("redis-b")));
    }

    [Fact]
    public void It_is_done_for_a_fit_node_where_no_majority_of_Sentinels_names_anybody_and_so_nobody_is_promoted()
    {
        Assert.Null(Refusal(Forgotten().Replica("redis-b", of: "redis-a")));
        // The other was in sync and this one was not, or it got more.
        Assert.Equal(
            "redis-c was in sync with the last master, and its data is newer than redis-b's: on it, redishabake-agent recover --from redis-c",
            Refusal(Forgotten().Restarted("redis-b").Replica("redis-c", of: "redis-a")));
        Facts Both(long offset) => Forgotten().Replica("redis-b", of: "redis-a").Replica("redis-c", of: "redis-a").Node("redis-c", n => n with { Offset = offset });
        Assert.Contains("its data is newer than redis-b's", Refusal(Both(1)));
        Assert.Null(Refusal(Both(0)));
    }

    [Theory]
    [InlineData("redis-x", "no data node")]
    [InlineData("redis-c", "run it on redis-c")]
    public void It_is_refused_for_another_node(string from, string because) => Assert.Contains(because, RecoverRefusal.Of(Gone().Make(), from));

    [Fact]
    public void It_is_refused_where_it_would_replace_newer_data_or_nothing_is_wrong()
    {
        Assert.Contains("redis-a, which the Sentinels name, answers", Refusal(Gone().Restarted("redis-a")));
        Assert.Contains("redis-a, which the Sentinels name, answers", Refusal(Gone().Restarted("redis-a").Node("redis-a", n => n with { Loading = true, Life = Life.Unknown })));
        Assert.Contains("1 of 3 Sentinels answer", Refusal(Gone().SentinelDown("redis-a", "redis-c")));
        Assert.Contains("redis-c was in sync", Refusal(Gone().Replica("redis-c", of: "redis-a")));
        Assert.Contains("redis-b was in sync", Refusal(Gone().Replica("redis-b", of: "redis-a")));
        Assert.Contains("redis-c is master", Refusal(Gone().Master("redis-c")));
        Assert.Contains("is master already", Refusal(new Facts("redis-b") { OwnLife = Life.Member }.Master("redis-b").Names("redis-b", 3)));
    }

    [Fact]
    public void It_is_refused_where_there_is_no_data_to_go_on_with()
    {
        Assert.Contains("does not answer", Refusal(Gone().Down("redis-b")));
        Assert.Contains("loading", Refusal(Gone().Node("redis-b", n => n with { Loading = true })));
        Assert.Contains("never was a member", Refusal(new Facts("redis-b").Down("redis-a").Names("redis-a", 4)));
        Assert.Contains("lost its own data", Refusal(new Facts("redis-b") { OwnLife = Life.Lost }.Down("redis-a").Names("redis-a", 4)));
    }

    private static Facts Gone()
        => new Facts("redis-b") { OwnLife = Life.Member }.Down("redis-a", 9999).Restarted("redis-b").Restarted("redis-c").Names("redis-a", 4).SentinelDown("redis-a");

    private static Facts Forgotten() => new Facts("redis-b") { OwnLife = Life.Member }.Names("redis-a", 62, "redis-b");

    private static string? Refusal(Facts facts) => RecoverRefusal.Of(facts.Make(), "redis-b");
}
