using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>
/// A real HAProxy on the rendered file, beside a master that was cut off, at the moment when the others are reached again; and in the
/// moment of a promotion, which for this proxy looks much the same. Two data nodes: no min-replicas keeps the stale master from acking.
/// </summary>
public sealed partial class HaproxyHealTests : IDisposable
{
    private const string Nowhere = "(nowhere)";
    private const string NotThere = "(no proxy listens)";

    private readonly LoopbackCluster cluster = new(SampleLayouts.TwoDataAndWitness());
    private readonly Dictionary<string, ScriptedPeer> peers = [];
    private readonly Dictionary<string, string> named = [];

    public void Dispose()
    {
        foreach (var peer in peers.Values)
            peer.Dispose();
        cluster.Dispose();
    }

    [Fact]
    public async Task At_the_heal_the_stale_master_gets_no_write_whoever_answers_first()
    {
        Redis("redis-a");
        Sentinel("redis-a", names: "redis-a");
        cluster.StartHaproxy("redis-a");
        await Stay(Nowhere, TimeSpan.FromSeconds(1));

        // Sentinels first, one after the other, and the new master last.
        Sentinel("witness", names: "redis-b");
        await Stay(Nowhere, TimeSpan.FromSeconds(0.5));
        Sentinel("redis-b", names: "redis-b");
        await Stay(Nowhere, TimeSpan.FromSeconds(1));
        Redis("redis-b");
        await Reach("redis-b", TimeSpan.FromSeconds(1));
        await Stay("redis-b", TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task A_node_that_was_just_promoted_gets_writes_while_all_Sentinels_still_name_the_dead_one()
    {
        Redis("redis-a");
        foreach (var node in (string[])["redis-a", "redis-b", "witness"])
            Sentinel(node, names: "redis-a");
        cluster.StartHaproxy("redis-a");
        await Reach("redis-a", TimeSpan.FromSeconds(20));
        await Stay("redis-a", TimeSpan.FromSeconds(5));

        peers["redis on redis-a"].Dispose();
        await Reach(Nowhere, TimeSpan.FromSeconds(1));
        Redis("redis-b");
        await Reach("redis-b", TimeSpan.FromSeconds(0.5));
        await Stay("redis-b", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_proxy_that_starts_into_a_healthy_cluster_serves_at_once()
    {
        Redis("redis-a");
        foreach (var node in (string[])["redis-a", "redis-b", "witness"])
            Sentinel(node, names: "redis-a");
        cluster.StartHaproxy("redis-a");
        await cluster.Until("HAProxy is there", async () => await Behind() is not NotThere);
        await Reach("redis-a", TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task A_master_that_the_Sentinels_no_longer_name_is_closed_when_another_is_there_within_half_a_second()
    {
        Redis("redis-a");
        foreach (var node in (string[])["redis-a", "redis-b", "witness"])
            Sentinel(node, names: "redis-a");
        cluster.StartHaproxy("redis-a");
        await Reach("redis-a", TimeSpan.FromSeconds(20));

        Redis("redis-b");
        foreach (var node in (string[])["redis-a", "redis-b", "witness"])
            named[node] = "redis-b";
        var changed = Now;
        await cluster.Until("redis-a is closed", () => Task.FromResult(
            cluster.HaproxyLog("redis-a").Any(l => l.Contains("back_redis_master/redis-a is DOWN", StringComparison.Ordinal))));
        Assert.True(Now - changed < TimeSpan.FromSeconds(0.8), $"redis-a was closed {(Now - changed).TotalSeconds:0.00} s after the Sentinels named redis-b");
        await Stay("redis-b", TimeSpan.FromSeconds(0.5));
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0, TimeProvider.System.GetTimestamp());

    private void Redis(string node) => peers[$"redis on {node}"] = ScriptedPeer.Master(cluster.Address(node), cluster.Plan(node).Ports.Redis, node);

    private void Sentinel(string node, string names)
    {
        named[node] = names;
        var ports = cluster.Plan(node).Ports;
        peers[$"sentinel on {node}"] = ScriptedPeer.Sentinel(cluster.Address(node), ports.Sentinel, () => cluster.Address(named[node]), ports.Redis);
    }

    /// <summary>For that long no client meets another node. (A busy machine's check may be late, and a client meet nobody.)</summary>
    private async Task Stay(string where, TimeSpan time)
    {
        var end = Now + time;
        var asked = 0;
        while (Now < end || asked == 0)
        {
            var now = await Behind();
            Assert.True(now == where || now is Nowhere or NotThere, $"expected writes to reach {where}, found {now}");
            asked += now == where ? 1 : 0;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private async Task Reach(string where, TimeSpan limit)
    {
        var start = Now;
        await cluster.Until($"writes reach {where}", async () => await Behind() == where);
        Assert.True(Now - start < limit, $"writes reached {where} after {(Now - start).TotalSeconds:0.00} s, expected at most {limit.TotalSeconds:0.0} s");
    }

    /// <summary>The node that a client of the write address meets.</summary>
    private async Task<string> Behind()
    {
        try
        {
            using var client = new TcpClient { ReceiveTimeout = 1000 };
            await client.ConnectAsync(cluster.Plan("redis-a").Addresses.Write, 6379);
            await client.GetStream().WriteAsync("INFO\r\n"u8.ToArray());
            var answer = new byte[1024];
            var length = await client.GetStream().ReadAsync(answer);
            return Name().Match(Encoding.ASCII.GetString(answer, 0, length)) is { Success: true } name ? name.Groups[1].Value : Nowhere;
        }
        catch (SocketException)
        {
            return NotThere;
        }
        catch (IOException)
        {
            return Nowhere;
        }
    }

    [GeneratedRegex(@"name:(\S+)")]
    private static partial Regex Name();
}
