using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The power goes for all machines at once, and comes back for some of them: the newest data wins, or a person decides.</summary>
[Collection(SharedCluster.Name)]
public class ColdStartTests(TutorialCluster cluster)
{
    private const string Kept = "/var/lib/redis/redishabake-kept";

    [Fact]
    public async Task All_off_and_on_again_loses_nothing_that_was_on_a_disk()
    {
        var master = await cluster.WholeAsync();
        var verdict = await cluster.OnDiskAsync(async () =>
        {
            await AllOffAsync();
            await Task.WhenAll(cluster.Lab.Machines.Select(m => m.BootAsync()));
        });
        verdict.NothingLost();
        await LabGround.IsMasterAsync(cluster.Lab, master);
        Assert.Contains("becoming master again", await cluster.Lab[master].AgentJournalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_one_node_missing_the_named_one_goes_on_once_that_one_is_gone()
    {
        var master = await cluster.WholeAsync();
        var missing = cluster.Nodes.First(n => n != master);
        var verdict = await cluster.OnDiskAsync(async () =>
        {
            await AllOffAsync();
            await Task.WhenAll(cluster.Lab.Machines.Where(m => m.Node.Name != missing).Select(m => m.BootAsync()));
            await WaitsAsync(master, $"waiting for {missing} to answer, or to be gone for 32 s");
            Assert.Equal("", await LabView.MasterAsync(cluster.Lab));
            await LabGround.UntilAsync(async () => await LabView.MasterAsync(cluster.Lab) == master, LabGround.BootLimit, $"{master} is master again");
            await cluster.Lab[missing].BootAsync();
        });
        verdict.NothingLost();
        await LabGround.IsMasterAsync(cluster.Lab, master);
    }

    [Fact]
    public async Task With_the_named_one_missing_all_wait_for_it_or_for_a_persons_word()
    {
        var named = await cluster.WholeAsync();
        var others = cluster.Nodes.Where(n => n != named).ToList();
        var (chosen, other) = (others[0], others[1]);
        var verdict = await cluster.OnDiskAsync(async () =>
        {
            await AllOffAsync();
            await Task.WhenAll(others.Select(n => cluster.Lab[n].BootAsync()));
            await WaitsAsync(chosen, $"if it never comes back, only a person can say whose data to keep: on that node, redishabake-agent recover --from {others.Order().First()}");
            Assert.Equal("", await LabView.MasterAsync(cluster.Lab));

            await RefusedAsync(other, chosen, $"run it on {chosen}");
            await RefusedAsync(chosen, "redis-x", "no data node");
            var said = await cluster.Lab[chosen].RunAsync("redishabake-agent", "recover", "--from", chosen);
            Assert.Contains($"{chosen} is master, named by the Sentinels; {named} will follow when it comes", said, StringComparison.Ordinal);
            await LabGround.IsMasterAsync(cluster.Lab, chosen);
            await RefusedAsync(chosen, chosen, "is master already");
            await cluster.Lab[named].BootAsync();
        });
        verdict.NothingLost();
        await LabGround.IsMasterAsync(cluster.Lab, chosen);
        await cluster.WholeAsync();

        // Each loser has its own dataset still, whole; the winner needs none.
        foreach (var loser in (string[])[named, other])
        {
            Assert.Contains("is kept in " + Kept, await cluster.Lab[loser].AgentJournalAsync(), StringComparison.Ordinal);
            Assert.Contains("is valid", await cluster.Lab[loser].ShellAsync($"redis-check-aof $(echo {Kept}/*)/appendonlydir/appendonly.aof.manifest; rm -r {Kept}"), StringComparison.Ordinal);
        }

        await cluster.Lab[chosen].RunAsync("test", "!", "-e", Kept);
    }

    private async Task AllOffAsync()
    {
        foreach (var machine in cluster.Lab.Machines)
            await machine.UnplugAsync();
        await Task.WhenAll(cluster.Lab.Machines.Select(m => m.PowerOffAsync()));
    }

    private Task WaitsAsync(string node, string sentence)
    {
        var said = "";
        return LabGround.UntilAsync(
            async () => (said = (await Readiness.OfAsync(cluster.Lab[node])).Doing).Contains(sentence, StringComparison.Ordinal),
            LabGround.BootLimit,
            () => $"{node}: {sentence}; it says: {said}");
    }

    private async Task RefusedAsync(string on, string from, string because)
    {
        var refused = await cluster.Lab[on].RunAsync(["redishabake-agent", "recover", "--from", from], TestContext.Current.CancellationToken);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("nothing was changed", refused.Output, StringComparison.Ordinal);
        Assert.Contains(because, refused.Output, StringComparison.Ordinal);
    }
}
