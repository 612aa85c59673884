using StackExchange.Redis;

namespace RedisHaBake.Cluster.Tests;

/// <summary>A real .NET application, with the application user's rights only, before and after a failover.</summary>
[Collection(SharedCluster.Name)]
public class ApplicationTests(TutorialCluster cluster)
{
    private static readonly TimeSpan _back = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_StackExchange_Redis_client_works_through_the_write_address_and_through_Sentinel()
    {
        var lab = cluster.Lab;
        var before = await cluster.RestAsync();
        await using var byAddress = await ConnectionMultiplexer.ConnectAsync(Options(new() { EndPoints = { { lab.Plan.Client.Write, lab.Plan.Client.Port } } }));
        var bySentinels = new ConfigurationOptions { ServiceName = "tutorial" };
        foreach (var node in lab.Plan.Nodes)
            bySentinels.EndPoints.Add(node.Address, 26379);
        await using var byName = await ConnectionMultiplexer.ConnectAsync(Options(bySentinels));

        await WritesAsync(byAddress, "address", 1);
        await WritesAsync(byName, "sentinel", 1);
        await cluster.WhileAsync("stop-redis", before, async () =>
        {
            await WritesAgainAsync(byAddress, "address", 2);
            await WritesAgainAsync(byName, "sentinel", 2);
        });
        Assert.NotEqual(before, await cluster.RestAsync());

        // What one wrote the other reads; nothing of before is gone.
        Assert.Equal(1, (int)await byName.GetDatabase().StringGetAsync("application:address:1"));
        Assert.Equal(2, (int)await byAddress.GetDatabase().StringGetAsync("application:sentinel:2"));
    }

    private ConfigurationOptions Options(ConfigurationOptions options)
    {
        options.User = cluster.Lab.Plan.Client.User;
        options.Password = cluster.Lab.Plan.Client.Password;
        options.Tunnel = new LabTunnel(cluster.Lab);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2000;
        options.AsyncTimeout = 2000;
        return options;
    }

    private static async Task WritesAsync(ConnectionMultiplexer client, string how, int value)
        => Assert.True(await client.GetDatabase().StringSetAsync($"application:{how}:{value}", value));

    // An application tries again.
    private static Task WritesAgainAsync(ConnectionMultiplexer client, string how, int value) => LabGround.UntilAsync(
        async () =>
        {
            try
            {
                return await client.GetDatabase().StringSetAsync($"application:{how}:{value}", value);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                return false;
            }
        },
        _back,
        $"a write through the {how} after the failover");
}
