using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>sentinel.conf's seed, the settings that follow MONITOR, and the file as Sentinel itself rewrites it.</summary>
public sealed class SentinelConfTests : IAsyncLifetime
{
    private readonly LoopbackCluster cluster = new(SampleLayouts.ThreeAllInOne());

    public async ValueTask InitializeAsync()
    {
        cluster.StartSentinel("redis-a");
        await Answers();
    }

    public ValueTask DisposeAsync()
    {
        cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_seeded_Sentinel_names_nobody_and_has_its_own_id()
    {
        Assert.Empty((await cluster.AskSentinel("redis-a", "SENTINEL", "MASTERS")).Items);
        Assert.Equal(SentinelConf.MyId(cluster.Plan("redis-a")), (await cluster.AskSentinel("redis-a", "SENTINEL", "MYID")).Text);
    }

    [Fact]
    public async Task What_it_was_told_stands_after_a_restart_on_its_own_file()
    {
        await cluster.Monitor("redis-a", master: "redis-b");
        var told = await Master();
        cluster.Program("redis-a", "sentinel").Stop();
        var rewritten = await File.ReadAllTextAsync(cluster.PathOf("redis-a", cluster.Layout.SentinelConfig), TestContext.Current.CancellationToken);
        Assert.Contains("sentinel monitor", rewritten, StringComparison.Ordinal);
        Assert.True(SentinelConf.IsOurs(rewritten, cluster.Plan("redis-a")));
        Assert.Equal(cluster.Address("redis-a"), SentinelConf.BoundTo(rewritten));
        cluster.StartSentinelOnItsFiles("redis-a");
        await Answers();

        var remembered = await Master();
        foreach (var name in (string[])["ip", "port", "quorum", "down-after-milliseconds", "failover-timeout", "parallel-syncs"])
            Assert.Equal(told[name], remembered[name]);
        Assert.Equal(cluster.Address("redis-b"), remembered["ip"]);
        Assert.Equal("1000", remembered["down-after-milliseconds"]);
        Assert.Equal("2", remembered["quorum"]);
        Assert.Equal(SentinelConf.MyId(cluster.Plan("redis-a")), (await cluster.AskSentinel("redis-a", "SENTINEL", "MYID")).Text);
        await using var nobody = await cluster.Connect(cluster.Address("redis-a"), 26379, "");
        Assert.Equal("NOAUTH", (await nobody.CallAsync("SENTINEL", "MASTERS")).ErrorCode);
    }

    [Fact]
    public async Task The_agent_may_set_the_timers_and_take_a_vote()
    {
        var timers = await cluster.AskSentinel(
            "redis-a", "SENTINEL", "DEBUG", "INFO-PERIOD", "1000", "PING-PERIOD", "250", "PUBLISH-PERIOD", "500");
        Assert.True(timers.IsOk);
        await cluster.Monitor("redis-a", master: "redis-b");
        var vote = await cluster.AskSentinel("redis-a", "SENTINEL", "IS-MASTER-DOWN-BY-ADDR", cluster.Address("redis-b"), "6379", "0", "*");
        Assert.Equal(3, vote.Items.Count);
    }

    [Theory]
    [InlineData(LoopbackCluster.Admin, true, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "tutorial")]
    [InlineData(LoopbackCluster.Admin, true, "SENTINEL", "SENTINELS", "tutorial")]
    [InlineData(LoopbackCluster.Admin, true, "SENTINEL", "REPLICAS", "tutorial")]
    [InlineData(LoopbackCluster.Admin, true, "SUBSCRIBE", "+switch-master")]
    [InlineData(LoopbackCluster.Admin, false, "SENTINEL", "FAILOVER", "tutorial")]
    [InlineData(LoopbackCluster.Admin, false, "SENTINEL", "REMOVE", "tutorial")]
    [InlineData(InternalUsers.HealthCheck, true, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "tutorial")]
    [InlineData(InternalUsers.HealthCheck, false, "SENTINEL", "MASTERS")]
    [InlineData(InternalUsers.Sentinel, false, "SENTINEL", "REMOVE", "tutorial")]
    public async Task A_user_may_ask_a_Sentinel_what_it_needs_and_no_more(string user, bool allowed, params string[] command)
    {
        await cluster.Monitor("redis-a", master: "redis-b");
        await using var client = await cluster.Sentinel("redis-a", user);
        var reply = await client.CallAsync(command);
        Assert.Equal(allowed ? "" : "NOPERM", reply.ErrorCode);
    }

    private async Task<IReadOnlyDictionary<string, string>> Master()
        => (await cluster.AskSentinel("redis-a", "SENTINEL", "MASTER", "tutorial")).AsPairs();

    private Task Answers() => cluster.Until("redis-a's Sentinel answers", async () => (await cluster.AskSentinel("redis-a", "PING")).Text == "PONG");
}
