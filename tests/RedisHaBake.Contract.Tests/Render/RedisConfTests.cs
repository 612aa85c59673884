using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>redis.conf and users.acl as redis-server reads them.</summary>
public sealed class RedisConfTests : IAsyncLifetime
{
    private readonly LoopbackCluster cluster = new(SampleLayouts.ThreeAllInOne());

    public async ValueTask InitializeAsync()
    {
        cluster.StartRedis("redis-a");
        await cluster.Until("redis-a answers", async () => (await cluster.AskRedis("redis-a", "PING")).Text == "PONG");
    }

    public ValueTask DisposeAsync()
    {
        cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Redis_runs_with_every_value_that_was_rendered()
    {
        var lines = await File.ReadAllLinesAsync(cluster.PathOf("redis-a", cluster.Layout.ServerConfig), TestContext.Current.CancellationToken);
        var differences = new List<string>();
        await using var client = await cluster.Redis("redis-a");
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#'))
        {
            var name = line[..line.IndexOf(' ')];
            var expected = line[(name.Length + 1)..].Replace("\"\"", "");
            var found = (await client.CallAsync("CONFIG", "GET", name)).AsPairs().GetValueOrDefault(name, "(no such setting)");
            if (found != expected)
                differences.Add($"{name}: expected '{expected}', found '{found}'");
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task The_text_that_Redis_wrote_itself_may_stand_for_ours_and_that_of_another_past_or_address_may_not()
    {
        var file = cluster.PathOf("redis-a", cluster.Layout.ServerConfig);
        var ours = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await using (var sentinel = await cluster.Redis("redis-a", InternalUsers.Sentinel))
        {
            await sentinel.CallAsync("REPLICAOF", cluster.Address("redis-b"), "6379");
            Assert.True((await sentinel.CallAsync("CONFIG", "REWRITE")).IsOk);
        }

        var rewritten = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.NotEqual(ours, rewritten);
        Assert.True(RedisConf.MayStandFor(rewritten, ours));
        Assert.False(RedisConf.MayStandFor(rewritten, ours.Replace($"bind {cluster.Address("redis-a")}", "bind 10.9.9.9", StringComparison.Ordinal)));
        Assert.False(RedisConf.MayStandFor(rewritten, ours.Replace($"{RedisConf.LifeMarkSetting} {RedisConf.Blank}", $"{RedisConf.LifeMarkSetting} {RedisConf.Lost}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Redis_knows_the_users_with_exactly_the_rights_that_were_rendered()
    {
        await using var admin = await cluster.Redis("redis-a", LoopbackCluster.Admin);
        var found = (await admin.CallAsync("ACL", "LIST")).Items.Select(i => i.Text).ToDictionary(l => l.Split(' ')[1], Words);
        var rendered = (await File.ReadAllLinesAsync(cluster.PathOf("redis-a", cluster.Layout.ServerAcl), TestContext.Current.CancellationToken))
            .ToDictionary(l => l.Split(' ')[1], Words);

        Assert.Equal(rendered.Keys.Order(), found.Keys.Order());
        foreach (var user in rendered.Keys.Where(u => u.StartsWith("redishabake-", StringComparison.Ordinal)))
            Assert.Equal(rendered[user], found[user]);
        Assert.Contains("off", found["default"]);

        static SortedSet<string> Words(string line) => [.. line.Split(' ').Where(w => w is not ("resetchannels" or "sanitize-payload"))];
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_name_and_a_password()
    {
        await using var nobody = await cluster.Connect(cluster.Address("redis-a"), 6379, "");
        Assert.Equal("NOAUTH", (await nobody.CallAsync("PING")).ErrorCode);
        Assert.Equal("WRONGPASS", (await nobody.CallAsync("AUTH", "default", "")).ErrorCode);
    }

    [Theory]
    [InlineData(InternalUsers.Agent, "SHUTDOWN")]
    [InlineData(InternalUsers.Agent, "SET", "another-key", "1")]
    [InlineData(InternalUsers.HealthCheck, "CONFIG", "GET", "*")]
    [InlineData(InternalUsers.Replication, "GET", "key")]
    [InlineData(InternalUsers.Sentinel, "FLUSHALL")]
    [InlineData(InternalUsers.Sentinel, "CONFIG", "GET", "masterauth")]
    public async Task A_program_can_do_its_own_work_only(string user, params string[] command)
    {
        await using var client = await cluster.Redis("redis-a", user);
        Assert.Equal("NOPERM", (await client.CallAsync(command)).ErrorCode);
    }

    [Fact]
    public async Task The_agent_can_do_all_that_join_watch_and_verification_need()
    {
        await using var agent = await cluster.Redis("redis-a");
        foreach (var command in (string[][])
        [
            ["PING"], ["INFO", "replication"], ["ROLE"], ["DBSIZE"], ["CONFIG", "GET", "replica-priority"],
            ["CONFIG", "SET", "replica-priority", "0"], ["CLIENT", "SETNAME", "agent"], ["CLIENT", "ID"], ["CLIENT", "LIST"],
            ["CLIENT", "PAUSE", "1", "WRITE"], ["CLIENT", "UNPAUSE"], ["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
            ["ACL", "LIST"], ["ACL", "LOG"],
            ["REPLICAOF", "NO", "ONE"], ["WAIT", "0", "1"], ["CONFIG", "SET", "min-replicas-to-write", "0"],
            ["SET", "redishabake:verify:redis-a", "1", "EX", "10"], ["GET", "redishabake:verify:redis-a"], ["DEL", "redishabake:verify:redis-a"],
            ["SUBSCRIBE", "__sentinel__:hello"], ["UNSUBSCRIBE", "__sentinel__:hello"],

            // Last: Redis 7.0 then closes the connections of all its users.
            ["ACL", "LOAD"],
        ])
        {
            var reply = await agent.CallAsync(command);
            Assert.False(reply.IsError, $"{string.Join(' ', command)}: {reply.Text}");
        }
    }

    [Fact]
    public async Task A_server_is_born_an_unfit_replica_of_nobody_whatever_stands_in_its_file()
    {
        cluster.Program("redis-a", "redis").Kill();
        var path = cluster.PathOf("redis-a", cluster.Layout.ServerConfig);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, text.Replace("replicaof 127.0.0.1 1\n", "").Replace("replica-priority 0", "replica-priority 100"),
            TestContext.Current.CancellationToken);
        cluster.StartRedisOnItsFiles("redis-a");

        await cluster.Until("redis-a answers", async () => (await cluster.AskRedis("redis-a", "PING")).Text == "PONG");
        Assert.Equal(["slave", "127.0.0.1", "1"], (await cluster.AskRedis("redis-a", "ROLE")).Items.Take(3).Select(i => i.AsText()));
        Assert.Equal("0", (await cluster.AskRedis("redis-a", "CONFIG", "GET", "replica-priority")).AsPairs()["replica-priority"]);
    }

    [Fact]
    public async Task A_life_mark_is_seen_by_peers_and_can_be_set_at_run_time()
    {
        Assert.Equal(RedisConf.Blank, await LifeMark());
        await cluster.AskRedis("redis-a", "CONFIG", "SET", RedisConf.LifeMarkSetting, RedisConf.LifeMarked);
        Assert.Equal(RedisConf.LifeMarked, await LifeMark());

        async Task<string> LifeMark()
            => (await cluster.AskRedis("redis-a", "CONFIG", "GET", RedisConf.LifeMarkSetting)).AsPairs()[RedisConf.LifeMarkSetting];
    }
}
