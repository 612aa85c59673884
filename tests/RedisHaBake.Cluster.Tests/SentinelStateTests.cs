using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Sentinels that forgot, agree on somebody who is not master, or see two: it heals by itself.</summary>
[Collection(SharedCluster.Name)]
public class SentinelStateTests(TutorialCluster cluster)
{
    [Fact]
    public async Task Sentinels_that_lost_their_state_are_told_who_is_master_and_are_the_same_as_before()
    {
        var master = await cluster.WholeAsync();
        var agent = new AgentView(cluster.Lab);
        var ids = await IdsAsync(agent);
        const string lost = "systemctl stop redis-sentinel; rm /etc/redis/sentinel.conf; systemctl start redis-sentinel";

        // One of them, on a replica's node and on the master's; then all at once.
        foreach (var node in (string[])[cluster.Nodes.First(n => n != master), master])
        {
            await cluster.Lab[node].ShellAsync(lost);
            await KnowsAsync(agent, [node], master);
        }

        await Task.WhenAll(cluster.Lab.Machines.Select(m => m.ShellAsync(lost)));
        await KnowsAsync(agent, cluster.Nodes, master);
        Assert.Equal(ids, await IdsAsync(agent));

        // Forgotten at run time, while nothing restarts.
        (await agent.SentinelAsync(master, "SENTINEL", "REMOVE", "tutorial")).OrThrow();
        await KnowsAsync(agent, [master], master);

        // And they still do their work.
        Assert.Equal(master, await cluster.WholeAsync());
        var verdict = await cluster.RecordAsync(() => Fault.Of("kill-redis").InjectAsync(cluster.Lab, cluster.Lab[master]));
        verdict.NothingLost();
        Assert.NotEqual(master, await cluster.RestAsync());
    }

    [Fact]
    public async Task Nobody_is_master_and_Sentinel_finds_no_good_replica_the_watch_ends_it()
    {
        var before = await cluster.WholeAsync();
        var verdict = await cluster.RecordAsync(async () =>
        {
            // All links are down for more than ten times down-after while no Sentinel can act on it.
            foreach (var machine in cluster.Lab.Machines)
                await machine.RunAsync("systemctl", "stop", "redis-sentinel");
            await Fault.Of("kill-redis").InjectAsync(cluster.Lab, cluster.Lab[before]);
            await Task.Delay(TimeSpan.FromSeconds(23));
            foreach (var machine in cluster.Lab.Machines)
                await machine.RunAsync("systemctl", "start", "redis-sentinel");
            await LabGround.UntilAsync(async () => await LabView.MasterAsync(cluster.Lab) is { Length: > 0 }, LabGround.RestLimit, "a master");
        });
        verdict.NothingLost();
        var after = await cluster.RestAsync();
        Assert.NotEqual(before, after);
        // Said once a Sentinel has taken it, a little later than the role.
        await LabGround.UntilAsync(
            async () => (await Task.WhenAll(cluster.Lab.Machines.Select(m => m.ShellAsync("journalctl --no-pager -o cat HEALED=masterless"))))
                .Any(story => story.Contains($"{after} is master", StringComparison.Ordinal)),
            LabGround.RestLimit,
            $"a watch says that it made {after} master");
    }

    [Fact]
    public async Task A_second_master_gets_no_write_and_a_wrong_replicaof_is_healed()
    {
        var master = await cluster.WholeAsync();
        var (second, third) = (cluster.Nodes.First(n => n != master), cluster.Nodes.Last(n => n != master));
        var agent = new AgentView(cluster.Lab);
        var verdict = await cluster.RecordAsync(async () =>
        {
            (await agent.RedisAsync(second, "REPLICAOF", "NO", "ONE")).OrThrow();
            (await agent.RedisAsync(third, "REPLICAOF", cluster.Lab.Plan.Node(second).Address, "6379")).OrThrow();
            await LabGround.UntilAsync(async () => await LabView.RoleAsync(cluster.Lab, cluster.Lab[second]) != "master", LabGround.RestLimit, $"{second} is no master any more");
        });
        // Clients that bypass HAProxy may write to such a node; through the write address nobody can.
        Assert.Equal(0, verdict.WriteAddress.Lost);
        Assert.Empty(verdict.Invented);
        Assert.Equal(master, await cluster.RestAsync());
        Assert.Contains("HEALED", await cluster.Lab[second].ShellAsync("journalctl --no-pager -o verbose HEALED=replicaof | grep -m1 HEALED"), StringComparison.Ordinal);
    }

    private async Task<string> IdsAsync(AgentView agent)
        => string.Join(' ', await Task.WhenAll(cluster.Nodes.Select(async n => (await agent.SentinelAsync(n, "SENTINEL", "MYID")).OrThrow().Text)));

    // With the plan's settings, both replicas and both other Sentinels, no third from before.
    private static Task KnowsAsync(AgentView agent, IReadOnlyList<string> nodes, string master) => LabGround.UntilAsync(
        async () =>
        {
            foreach (var node in nodes)
            {
                if (await agent.NamedByAsync(node) != master)
                    return false;
                var view = (await agent.SentinelAsync(node, "SENTINEL", "MASTER", "tutorial")).AsPairs();
                if (view["num-other-sentinels"] != "2" || view["num-slaves"] != "2" || view["down-after-milliseconds"] != "2000")
                    return false;
            }

            return true;
        },
        LabGround.RestLimit,
        $"the Sentinels of {string.Join(", ", nodes)} name {master}");
}
