using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>What two real proxies tell keepalived, each on its own node: give the address up only while the other can serve it.</summary>
public sealed class RelativeHealthTests : IAsyncLifetime
{
    private readonly LoopbackCluster cluster = new(SampleLayouts.TwoDataAndWitness());

    public async ValueTask InitializeAsync()
    {
        await cluster.Bootstrap("redis-a");
        StartBlindHaproxy();
        cluster.StartHaproxy("redis-b");
        await cluster.Until("redis-b's proxy can write", () => Healthy("redis-b", "/write"));
    }

    public ValueTask DisposeAsync()
    {
        cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_proxy_that_sees_no_server_is_unfit_while_a_peer_sees_one()
    {
        await cluster.Until("redis-a is unfit for both addresses",
            async () => !await Healthy("redis-a", "/write") && !await Healthy("redis-a", "/read"));
        Assert.True(await Healthy("redis-a", "/alive"));
        Assert.True(await Healthy("redis-b", "/read"));
    }

    [Fact]
    public async Task When_no_proxy_sees_a_server_all_are_fit_so_that_somebody_holds_the_address()
    {
        foreach (var node in (string[])["redis-a", "redis-b"])
            cluster.Program(node, "redis").Kill();
        await cluster.Until("both are fit", async () => await Healthy("redis-a", "/write") && await Healthy("redis-b", "/write"));
    }

    [Fact]
    public async Task A_dead_proxy_is_unfit_and_its_peer_is_not()
    {
        cluster.Program("redis-b", "haproxy").Kill();
        Assert.False(await Healthy("redis-b", "/alive"));
        await cluster.Until("redis-a is fit, for want of a better one", () => Healthy("redis-a", "/write"));
    }

    /// <summary>HAProxy on redis-a, with a password that no Redis and no Sentinel takes: alive, but it sees no server.</summary>
    private void StartBlindHaproxy()
    {
        var plan = cluster.Plan("redis-a");
        var blind = plan with { Secrets = plan.Secrets with { HealthCheck = new string('x', 32) } };
        cluster.StartHaproxy("redis-a", HaproxyCfg.File(blind, cluster.Host("redis-a")));
    }

    private Task<bool> Healthy(string node, string path)
        => Task.FromResult(CheckProxy.Says(cluster.Loopback(node), HaproxyCfg.VerdictPort(cluster.Plan(node)), path));
}
