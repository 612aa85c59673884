using StackExchange.Redis;

namespace RedisHaBake.Cluster.Tests;

/// <summary>A real .NET application, with the application user's rights only, before and after a failover.</summary>
[Collection(SharedCluster.Name)]
public class ApplicationTests(TutorialCluster cluster)
{
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
            await WritesAsync(byAddress, "address", 2);
            await WritesAsync(byName, "sentinel", 2);
        });
        Assert.NotEqual(before, await cluster.RestAsync());

        // What one wrote the other reads; nothing of before is gone.
        await ReadsAsync(byName, "application:address:1", 1);
        await ReadsAsync(byAddress, "application:sentinel:2", 2);
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

    private static Task WritesAsync(ConnectionMultiplexer client, string how, int value)
        => AgainAsync(() => client.GetDatabase().StringSetAsync($"application:{how}:{value}", value), $"write {value} through the {how}");

    private static Task ReadsAsync(ConnectionMultiplexer client, string key, int value)
        => AgainAsync(async () => await client.GetDatabase().StringGetAsync(key) == value, $"{key} is {value}");

    // An application tries again.
    private static Task AgainAsync(Func<Task<bool>> call, string expected) => LabGround.UntilAsync(
        async () =>
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                return false;
            }
        },
        LabGround.RestLimit,
        expected);
}
