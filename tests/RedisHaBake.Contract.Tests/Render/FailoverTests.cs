using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>Replication and Sentinel's own failover with the internal users: their rights are enough, and nothing is denied.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task Sentinel_fails_over_and_takes_the_old_master_back_without_one_denied_command()
    {
        using var cluster = new LoopbackCluster(SampleLayouts.ThreeAllInOne());
        await cluster.Bootstrap("redis-a");
        await using (var app = await cluster.Redis("redis-a", LoopbackCluster.Admin))
            Assert.True((await app.CallAsync("SET", "key", "kept")).IsOk);

        cluster.Program("redis-a", "redis").Kill();
        var master = "";
        await cluster.Until("a replica is master", async () =>
        {
            foreach (var node in (string[])["redis-b", "redis-c"])
                master = (await cluster.AskRedis(node, "ROLE")).Items[0].Text == "master" ? node : master;
            return master.Length > 0;
        });
        await using (var app = await cluster.Redis(master, LoopbackCluster.Admin))
            Assert.Equal("kept", (await app.CallAsync("GET", "key")).Text);

        cluster.StartRedis("redis-a");
        await cluster.Until("redis-a answers", async () => (await cluster.AskRedis("redis-a", "PING")).Text == "PONG");
        await cluster.Follow("redis-a", master);
        await cluster.Until("all Sentinels name the new master", async () =>
        {
            var named = new List<string>();
            foreach (var node in cluster.Plan("redis-a").SentinelNodes)
                named.Add((await cluster.AskSentinel(node.Name, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "tutorial")).Items[0].Text);
            return named.TrueForAll(n => n == cluster.Address(master));
        });
        await cluster.Until("a write reaches two nodes", async () =>
        {
            await using var app = await cluster.Redis(master, LoopbackCluster.Admin);
            return (await app.CallAsync("SET", "key", "again")).IsOk && (await app.CallAsync("WAIT", "2", "500")).Number == 2;
        });
        foreach (var node in cluster.Plan("redis-a").Nodes)
        {
            Assert.Equal("[]", (await cluster.AskRedis(node.Name, "ACL", "LOG")).AsText());
            Assert.Equal("[]", (await cluster.AskSentinel(node.Name, "ACL", "LOG")).AsText());
        }
    }
}
