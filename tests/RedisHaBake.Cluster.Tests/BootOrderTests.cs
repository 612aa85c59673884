using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The operator creates the VMs when and in the order that they like.</summary>
public class BootOrderTests
{
    private static readonly TimeSpan _late = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Any_order_of_boots_ends_in_one_cluster_and_so_does_a_node_that_comes_two_minutes_late()
    {
        // One lab waits for its late node, while others go through the orders.
        await using var late = await LabGround.ClusterAsync("late");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Task.WhenAll(late["redis-a"].BootAsync(), late["redis-b"].BootAsync());

        foreach (var order in Orders())
            await BootInOrderAsync(order);

        if (_late - clock.Elapsed is { Ticks: > 0 } rest)
            await Task.Delay(rest, TestContext.Current.CancellationToken);
        foreach (var waiting in late.Machines.Where(m => m.IsOn))
        {
            var status = Readiness.Of(waiting);
            Assert.False(status.IsReady, $"{status.Node} is ready although redis-c never was there");
            Assert.Contains("redis-c", status.Doing, StringComparison.Ordinal);
        }

        await late["redis-c"].BootAsync();
        await Readiness.WaitAsync(late.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("redis-a", await RestAsync(late));
    }

    private static async Task BootInOrderAsync(string[] order)
    {
        await using var lab = await LabGround.ClusterAsync(string.Join('-', order.Select(node => node[^1])));
        foreach (var node in order)
        {
            await lab[node].BootAsync();
            await Task.Delay(1500);
        }

        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("redis-a", await RestAsync(lab));
    }

    private static Task<string> RestAsync(RunningLab lab)
        => Convergence.WaitAsync(lab, ["redis-a", "redis-b", "redis-c"], LabGround.RestLimit, TestContext.Current.CancellationToken);

    private static IReadOnlyList<string[]> Orders() =>
    [
        ["redis-a", "redis-b", "redis-c"],
        ["redis-a", "redis-c", "redis-b"],
        ["redis-b", "redis-a", "redis-c"],
        ["redis-b", "redis-c", "redis-a"],
        ["redis-c", "redis-a", "redis-b"],
        ["redis-c", "redis-b", "redis-a"],
    ];
}
