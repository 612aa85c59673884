using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RedisHaBake.Resp;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>A real HAProxy on the rendered file, in front of real Redises and Sentinels: where do writes and reads go?</summary>
public sealed class HaproxyGateTests : IAsyncLifetime
{
    private const string Nowhere = "(nowhere)";

    private readonly LoopbackCluster cluster = new(SampleLayouts.ThreeAllInOne());

    public async ValueTask InitializeAsync()
    {
        await cluster.Bootstrap("redis-a");
        cluster.StartHaproxy("redis-a");
        await WritesReach("redis-a");
    }

    public ValueTask DisposeAsync()
    {
        cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Writes_go_to_the_named_master_and_reads_to_a_synced_replica()
    {
        var plan = cluster.Plan("redis-a");
        Assert.Equal("redis-a", await Behind(plan.Addresses.Write, plan.Ports.Redis));
        Assert.Equal("redis-a", await Behind(cluster.Address("redis-a"), plan.Ports.Write));
        await cluster.Until("reads reach a replica", async () => await Behind(plan.Addresses.Read, plan.Ports.Redis) is "redis-b" or "redis-c");
        Assert.Contains(await Behind(cluster.Address("redis-a"), plan.Ports.Read), (string[])["redis-b", "redis-c"]);
    }

    [Fact]
    public async Task Without_a_majority_of_Sentinels_there_are_no_writes()
    {
        cluster.Program("redis-b", "sentinel").Kill();
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Equal("redis-a", await Behind());

        cluster.Program("redis-c", "sentinel").Kill();
        await WritesReach(Nowhere);
    }

    [Fact]
    public async Task Of_two_masters_only_the_named_one_gets_writes()
    {
        await cluster.AskRedis("redis-b", "REPLICAOF", "NO", "ONE");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("redis-a", await Behind());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_session_is_cut_when_its_server_stops_being_master()
    {
        await using var session = await Through(cluster.Plan("redis-a").Addresses.Write, 6379);
        Assert.True((await session.CallAsync("SET", "key", "1")).IsOk);
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
            cluster.Program(node, "sentinel").Kill();
        await cluster.AskRedis("redis-a", "REPLICAOF", cluster.Address("redis-b"), "6379");
        await cluster.Until("the session is cut", async () =>
        {
            try
            {
                await session.CallAsync("PING");
                return false;
            }
            catch (RespUnreachableException)
            {
                return true;
            }
        });
    }

    [Fact]
    public async Task A_session_that_a_reload_leaves_to_the_old_process_ends_at_once_because_nothing_watches_over_it()
    {
        await using var session = await Through(cluster.Plan("redis-a").Addresses.Write, 6379);
        Assert.True((await session.CallAsync("SET", "key", "1")).IsOk);
        cluster.Program("redis-a", "haproxy").EndSoftly();
        await Assert.ThrowsAsync<RespUnreachableException>(async () =>
        {
            for (var start = DateTime.UtcNow; DateTime.UtcNow - start < TimeSpan.FromSeconds(2); await Task.Delay(20, TestContext.Current.CancellationToken))
                await session.CallAsync("INCR", "key2");
        });
    }

    [Fact]
    public async Task Reads_fall_back_to_the_master_when_no_replica_is_synced()
    {
        foreach (var node in (string[])["redis-b", "redis-c"])
            cluster.Program(node, "redis").Kill();
        await cluster.Until("reads reach the master", async () => await Behind(cluster.Plan("redis-a").Addresses.Read, 6379) == "redis-a");
    }

    [Fact]
    public async Task Reads_go_on_in_the_same_session_while_there_is_no_master()
    {
        var read = cluster.Plan("redis-a").Addresses.Read;
        await cluster.Until("reads reach a replica", async () => await Behind(read, 6379) is "redis-b" or "redis-c");
        await using var session = await Through(read, 6379);
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
            cluster.Program(node, "sentinel").Kill();
        cluster.Program("redis-a", "redis").Kill();
        for (var i = 0; i < 20; i++)
        {
            Assert.False((await session.CallAsync("GET", "key")).IsError);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_replica_of_nobody_serves_no_reads()
    {
        var read = cluster.Plan("redis-a").Addresses.Read;
        foreach (var node in (string[])["redis-b", "redis-c"])
            cluster.StartRedis(node);
        await cluster.Until("both answer", async () =>
            (await cluster.AskRedis("redis-b", "PING")).Text == "PONG" && (await cluster.AskRedis("redis-c", "PING")).Text == "PONG");
        await cluster.Until("reads reach the master", async () => await Behind(read, 6379) == "redis-a");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("redis-a", await Behind(read, 6379));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_fresh_HAProxy_lets_nobody_through_before_it_has_checked()
    {
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
            cluster.Program(node, "sentinel").Kill();
        cluster.StartHaproxy("redis-a");
        await cluster.Until("HAProxy listens", () => Task.FromResult(Listens(cluster.Plan("redis-a").Addresses.Write, 6379)));
        for (var i = 0; i < 30; i++)
            Assert.Equal(Nowhere, await Behind());
    }

    [Fact]
    public async Task The_journal_hears_once_of_what_counts_and_never_of_an_emergency()
    {
        cluster.Program("redis-a", "redis").Kill();
        await WritesReach(Nowhere);
        await cluster.Until("HAProxy said so", () => Task.FromResult(Said("back_redis_master/redis-a is DOWN") > 0));
        await WritesReach(await Promoted());

        Assert.Equal(1, Said("back_redis_master/redis-a is DOWN"));
        Assert.All(cluster.HaproxyLog("redis-a"), l => Assert.Matches("(front|back)_redis_(master|slave)", l));
        Assert.All(cluster.HaproxyLog("redis-a"), l => Assert.True(Severity(l) is >= 3 and <= 6, l));
        Assert.DoesNotContain("is UP", cluster.Program("redis-a", "haproxy").Output);

        int Said(string words) => cluster.HaproxyLog("redis-a").Count(l => l.Contains(words));
        int Severity(string line) => int.Parse(line[1..line.IndexOf('>')]) % 8;
    }

    [Fact]
    public async Task The_stats_page_asks_who_one_is_and_shows_writes_and_reads_first()
    {
        var page = new Uri($"http://{cluster.Address("redis-a")}:8080/stats;csv");
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(page, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(page, "/metrics"), TestContext.Current.CancellationToken)).StatusCode);

        var plan = cluster.Plan("redis-a");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{plan.Proxy.StatsUser}:{plan.Secrets.Stats}")));
        var sections = (await http.GetStringAsync(page, TestContext.Current.CancellationToken)).Split('\n').Skip(1).Select(l => l.Split(',')[0]).Distinct();
        Assert.Equal(["front_redis_master", "front_redis_slave", "back_redis_master", "back_redis_slave"], sections.Take(4));
        Assert.Contains("haproxy_server_status", await http.GetStringAsync(new Uri(page, "/metrics"), TestContext.Current.CancellationToken));
    }

    private async Task<string> Promoted()
    {
        var master = "";
        await cluster.Until("Sentinel promoted a replica", async () =>
        {
            foreach (var node in (string[])["redis-b", "redis-c"])
                master = (await cluster.AskRedis(node, "ROLE")).Items[0].Text == "master" ? node : master;
            return master.Length > 0;
        });
        return master;
    }

    private Task WritesReach(string node) => cluster.Until($"writes reach {node}", async () => await Behind() == node);

    private Task<string> Behind() => Behind(cluster.Plan("redis-a").Addresses.Write, 6379);

    /// <summary>The node that answers behind an address of HAProxy's.</summary>
    private async Task<string> Behind(string address, int port)
    {
        try
        {
            await using var client = await Through(address, port);
            var announced = (await client.CallAsync("CONFIG", "GET", "replica-announce-ip")).AsPairs()["replica-announce-ip"];
            return cluster.Plan("redis-a").Nodes.First(n => n.Address == announced).Name;
        }
        catch (RespUnreachableException)
        {
            return Nowhere;
        }
    }

    private Task<RespClient> Through(string address, int port) => cluster.Connect(address, port);

    private static bool Listens(string address, int port)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        try
        {
            socket.Connect(address, port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
