namespace RedisHaBake.Cluster.Tests;

/// <summary>Whether a provider lets the addresses move is tried, once, and what was found is said until it is repaired.</summary>
[Collection(SharedCluster.Name)]
public class FloatingAddressTests(TutorialCluster cluster)
{
    private const string Table = "nft add table inet provider; nft 'add chain inet provider out { type filter hook output priority 0; }'; nft ";

    [Fact]
    public void The_node_that_bootstrapped_has_moved_them_once_and_nobody_else_has()
    {
        foreach (var machine in cluster.Lab.Machines)
        {
            var moves = cluster.FirstBootOf(machine.Node.Name).Agent.Split('\n').Count(l => l.StartsWith("10.10.90.92 and 10.10.90.50 moved to another proxy and served there: tried once", StringComparison.Ordinal));
            Assert.Equal(machine.Node.Name == "redis-a" ? 1 : 0, moves);
        }
    }

    [Fact]
    public async Task A_provider_that_filters_VRRP_is_found_out_and_so_is_one_that_ties_an_address_to_a_VM()
    {
        await cluster.RestAsync();
        await SaysAsync(
            "add rule inet provider out ip protocol 112 drop",
            "two proxies hold 10.10.90.92 and 10.10.90.50 at a time", "VRRP (IP protocol 112) does not get through");
        await SaysAsync("add rule inet provider out oifname eth0 ip daddr 10.10.90.92 drop", "10.10.90.92 and 10.10.90.50 did not move", "`mode: pinned`");
    }

    private async Task SaysAsync(string rule, params string[] said)
    {
        var node = cluster.Lab["redis-a"];
        // A filter is the whole network's; every node has its share of it.
        foreach (var machine in cluster.Lab.Machines)
            await machine.RunAsync("bash", "-c", $"{Table} '{rule}'");
        try
        {
            // It looks a moment after keepalived's start, which on a busy computer may not have come so far.
            var found = "";
            await LabGround.UntilAsync(
                async () =>
                {
                    var verify = await node.RunAsync(["redishabake-agent", "verify", "--move-addresses"], TestContext.Current.CancellationToken);
                    found = $"{verify.Output}exit code {verify.ExitCode}";
                    return verify.ExitCode == 1 && said.All(s => found.Contains(s, StringComparison.Ordinal));
                },
                LabGround.RestLimit,
                () => $"verify fails and says {string.Join(" … ", said)}; it says:\n{found}");
            var status = await node.RunAsync("redishabake-agent", "status");
            Assert.StartsWith("redis-a of cluster tutorial: ready, degraded\n", status);
            Assert.All(said, s => Assert.Contains(s, status, StringComparison.Ordinal));
        }
        finally
        {
            foreach (var machine in cluster.Lab.Machines)
                await machine.RunAsync("nft", "delete", "table", "inet", "provider");
        }

        await cluster.RestAsync();
        // Proxies that both held the addresses may still be settling.
        var moved = "";
        await LabGround.UntilAsync(
            async () => (moved = (await node.RunAsync(["redishabake-agent", "verify", "--move-addresses"], TestContext.Current.CancellationToken)).Output).Contains("moved to another proxy and served there", StringComparison.Ordinal),
            LabGround.BootLimit,
            () => $"the addresses move again; verify says:\n{moved}");
        await LabGround.PlainlyReadyAsync(node);
    }
}
