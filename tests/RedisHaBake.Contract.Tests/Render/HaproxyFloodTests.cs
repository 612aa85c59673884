using System.Net.Sockets;
using RedisHaBake.Model.Plan;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>More clients than HAProxy takes: the late ones wait, and nobody who is in loses a session.</summary>
public sealed class HaproxyFloodTests : IDisposable
{
    private const int Most = 20;

    private readonly LoopbackCluster cluster = new(Small(SampleLayouts.ThreeAllInOne()));

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Clients_beyond_the_limit_wait_and_the_others_keep_their_sessions()
    {
        await cluster.Bootstrap("redis-a");
        cluster.StartHaproxy("redis-a");
        var write = cluster.Plan("redis-a").Addresses.Write;
        await cluster.Until("writes pass", async () =>
        {
            try
            {
                await using var client = await cluster.Connect(write, 6379);
                return true;
            }
            catch (Resp.RespUnreachableException)
            {
                return false;
            }
        });

        await using var session = await cluster.Connect(write, 6379);
        var flood = Enumerable.Range(0, 3 * Most).Select(_ => new TcpClient()).ToList();
        try
        {
            // Those that do not fit into the kernel's queue either are still connecting at the end.
            var waiting = flood.Select(c => c.ConnectAsync(write, 6379)).ToList();
            await cluster.Until("HAProxy is full", () => Task.FromResult(waiting.Count(w => w.IsCompletedSuccessfully) >= Most));
            for (var i = 0; i < 30; i++)
            {
                Assert.True((await session.CallAsync("SET", "key", "1")).IsOk);
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            flood.ForEach(c => c.Dispose());
        }
    }

    private static NodePlan Small(NodePlan plan) => plan with { Proxy = plan.Proxy with { MaxConnections = Most } };
}
