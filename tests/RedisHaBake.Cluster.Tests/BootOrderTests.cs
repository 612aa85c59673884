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
            var status = await Readiness.OfAsync(waiting);
            Assert.False(status.IsReady, $"{status.Node} is ready although redis-c never was there");
            Assert.Contains("redis-c", status.Doing, StringComparison.Ordinal);
        }

        await SaysTheWayOutAsync(late["redis-a"]);
        await late["redis-c"].BootAsync();
        await Readiness.WaitAsync(late.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("redis-a", await RestAsync(late));
    }

    [Fact]
    public async Task A_person_may_bootstrap_without_a_node_that_follows_when_it_comes_however_often_its_agent_is_killed()
    {
        await using var lab = await LabGround.ClusterAsync("without");
        await Task.WhenAll(lab["redis-a"].BootAsync(), lab["redis-b"].BootAsync());
        await LabGround.UntilAsync(
            async () => (await Readiness.OfAsync(lab["redis-a"])).Doing.Contains("waiting for redis-c", StringComparison.Ordinal),
            LabGround.BootLimit,
            "redis-a waits for redis-c");

        var refused = await lab["redis-b"].RunAsync(["redishabake-agent", "bootstrap", "--without", "redis-c"], TestContext.Current.CancellationToken);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("run it on redis-a", refused.Output, StringComparison.Ordinal);
        Assert.Contains("is master, named by the Sentinels", await lab["redis-a"].RunAsync("redishabake-agent", "bootstrap", "--without", "redis-c"), StringComparison.Ordinal);
        await Readiness.WaitAsync([lab["redis-a"], lab["redis-b"]], LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);

        await lab["redis-c"].BootAsync();
        await KillAgentAsync(lab["redis-c"], times: 10);
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("redis-a", await RestAsync(lab));
        // The last kill may have come after the stamp.
        await LabGround.UntilAsync(
            async () => (await lab["redis-c"].RunAsync(["redishabake-agent", "plan"], TestContext.Current.CancellationToken)).Output.Contains("nothing differs", StringComparison.Ordinal),
            LabGround.RestLimit,
            "nothing differs on redis-c");
    }

    // To whoever looks at the console, logs in, or asks: for whom it waits, and what a person can do.
    private static async Task SaysTheWayOutAsync(Machine waiting)
    {
        const string said = "waiting for redis-c to answer; if it does not come, on redis-a: redishabake-agent bootstrap --without redis-c";
        await LabGround.UntilAsync(
            async () => (await waiting.RunAsync("redishabake-agent", "status")).Contains(said, StringComparison.Ordinal), LabGround.RestLimit, $"status says {said}");
        await LabGround.UntilAsync(
            async () => (await waiting.RunAsync(["cat", "/run/motd.d/redishabake"])).Output.Contains(said, StringComparison.Ordinal), LabGround.RestLimit, $"the motd says {said}");
        await LabGround.UntilAsync(() => Task.FromResult(waiting.Console.Contains(said, StringComparison.Ordinal)), LabGround.RestLimit, $"the console says {said}");
        Assert.StartsWith("redis-a of cluster tutorial: waiting\n", await waiting.RunAsync("redishabake-agent", "status"));
    }

    // Systemd has it back a second later; the first boot is that much longer.
    private static async Task KillAgentAsync(Machine machine, int times)
    {
        var killed = new HashSet<string>();
        await LabGround.UntilAsync(
            async () =>
            {
                var pid = (await machine.RunAsync(["systemctl", "show", "--value", "-p", "MainPID", "redishabake-agent"], TestContext.Current.CancellationToken)).Output.Trim();
                if (pid is "" or "0" || killed.Contains(pid))
                    return false;
                await Task.Delay(50 * killed.Count);
                if ((await machine.RunAsync(["kill", "-9", pid], TestContext.Current.CancellationToken)).ExitCode == 0)
                    killed.Add(pid);
                return killed.Count == times;
            },
            LabGround.BootLimit,
            $"the agent was killed {times} times");
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
