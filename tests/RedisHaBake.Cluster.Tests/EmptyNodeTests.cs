using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Resp;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Nodes that come back with nothing, with too little, or late: none of them is master, or wipes another, before it has all.</summary>
[Collection(SharedCluster.Name)]
public class EmptyNodeTests(TutorialCluster cluster)
{
    private const int Megabyte = 1 << 20;

    // The node that crashed loads a gigabyte twice, its own and then the new master's: three times what a drill allows it.
    private static readonly TimeSpan GigabyteLimit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_master_that_comes_back_empty_at_once_follows_whoever_has_the_data()
    {
        var before = await cluster.WholeAsync();
        var machine = cluster.Lab[before];
        // Back long before anybody could notice that it was away.
        var verdict = await cluster.RecordAsync(() => machine.ShellAsync(
            "kill -9 $(systemctl show --value -p MainPID redis-server); rm -r /var/lib/redis/appendonlydir /var/lib/redis/*.rdb"));
        verdict.NothingLost();
        Assert.NotEqual(before, await cluster.WholeAsync());
        await machine.RunAsync("test", "!", "-e", "/var/lib/redis/redishabake.lost");
    }

    [Fact]
    public async Task A_replica_that_is_made_anew_under_load_has_everything_afterwards()
    {
        var master = await cluster.WholeAsync();
        var replica = cluster.Nodes.First(n => n != master);
        var verdict = await cluster.RecordAsync(async () =>
        {
            await cluster.Lab[replica].RecreateBlankAsync();
            await Readiness.WaitAsync([cluster.Lab[replica]], LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        });
        verdict.NothingLost();
        await LabGround.IsMasterAsync(cluster.Lab, master);
    }

    [Theory]
    [InlineData("a replica and then the master")]
    [InlineData("both replicas")]
    public async Task Two_nodes_are_made_anew_at_once_and_the_third_has_everything(string which)
    {
        var master = await cluster.WholeAsync();
        var replicas = cluster.Nodes.Where(n => n != master).ToList();
        string[] anew = which == "both replicas" ? [.. replicas] : [replicas[0], master];
        var survivor = cluster.Nodes.Single(n => !anew.Contains(n));
        // Of their three Sentinels one alone remembers who was master.
        var verdict = await cluster.OnDiskAsync(async () =>
        {
            foreach (var node in anew)
                await cluster.Lab[node].RecreateBlankAsync();
            await LabGround.UntilAsync(async () => await LabView.MasterAsync(cluster.Lab) == survivor, LabGround.BootLimit, $"{survivor} is master");
            await Readiness.WaitAsync(cluster.Lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        });
        verdict.NothingLost();
        Assert.Equal(survivor, await cluster.WholeAsync());
    }

    [Fact]
    public async Task A_replica_that_never_finished_its_first_sync_is_not_promoted_though_nobody_else_is_left()
    {
        var master = await cluster.WholeAsync();
        var (blank, synced) = (cluster.Nodes.First(n => n != master), cluster.Nodes.Last(n => n != master));
        var agent = new AgentView(cluster.Lab);
        var verdict = await cluster.RecordAsync(async () =>
        {
            // Made anew, and unable to reach any other Redis; Sentinels it reaches.
            var machine = cluster.Lab[blank];
            await machine.RecreateBlankAsync();
            await LabGround.UntilAsync(() => Task.FromResult(machine.IsOn && File.Exists(machine.PathOf("/usr/sbin/nft"))), LabGround.BootLimit, "the machine is there");
            await machine.ShellAsync($"nft 'table ip nosync {{ chain out {{ type filter hook output priority 0; ip daddr {{ {Address(master)}, {Address(synced)} }} tcp dport 6379 reject with tcp reset; }}; }}'");
            await LabGround.UntilAsync(async () => await LabView.RoleAsync(cluster.Lab, machine) == "replica, not synced", LabGround.BootLimit, $"{blank}'s Redis runs");
            await cluster.Lab[synced].RunAsync("systemctl", "stop", "redis-server");
            await cluster.Lab[master].ShellAsync("systemctl mask --runtime redis-server; kill -9 $(systemctl show --value -p MainPID redis-server)");

            try
            {
                // Nobody fit is left, for far longer than a failover takes.
                for (var i = 0; i < 20; i++)
                {
                    Assert.Equal("", await LabView.MasterAsync(cluster.Lab));
                    await Task.Delay(500);
                }

                Assert.Equal("0", (await agent.RedisAsync(blank, "CONFIG", "GET", "replica-priority")).Items[1].Text);
            }
            finally
            {
                await machine.RunAsync("nft", "delete", "table", "ip", "nosync");
                await cluster.Lab[master].ShellAsync("systemctl unmask --runtime redis-server; systemctl start redis-server");
                await cluster.Lab[synced].RunAsync("systemctl", "start", "redis-server");
            }
        });
        verdict.NothingLost();
    }

    [Fact]
    public async Task A_node_that_starts_without_reaching_anybody_stays_a_replica_and_says_so()
    {
        var before = await cluster.WholeAsync();
        var lonely = cluster.Lab[cluster.Nodes.First(n => n != before)];
        var verdict = await cluster.RecordAsync(async () =>
        {
            await lonely.CutAsync();
            try
            {
                await lonely.RunAsync("systemctl", "restart", "redis-server");
                for (var i = 0; i < 16; i++)
                {
                    Assert.NotEqual("master", await LabView.RoleAsync(cluster.Lab, lonely));
                    await Task.Delay(500);
                }

                Assert.Contains("only 1 of 3 Sentinels answer", await lonely.RunAsync("redishabake-agent", "status"), StringComparison.Ordinal);
            }
            finally
            {
                await lonely.UncutAsync();
            }
        });
        verdict.NothingLost();
    }

    [Fact]
    public async Task A_crash_of_a_master_with_a_gigabyte_waits_for_no_loading()
    {
        await cluster.WholeAsync();
        try
        {
            await FillAsync(1024);
            await cluster.RestAsync(GigabyteLimit);
            var before = await cluster.WholeAsync();
            await LabGround.UntilAsync(
                async () => (await Task.WhenAll(cluster.Nodes.Select(SavesAsync))).All(saves => !saves), GigabyteLimit, "no node saves any more what was written");
            var verdict = await cluster.RecordAsync(() => Fault.Of("kill-redis").InjectAsync(cluster.Lab, cluster.Lab[before]), GigabyteLimit);
            verdict.NothingLost();
            Assert.NotEqual(before, await cluster.WholeAsync());
            await cluster.GapWithinAsync(1.0, verdict);
        }
        finally
        {
            await EmptyAsync(1024);
        }
    }

    private async Task<bool> SavesAsync(string node)
        => (await new AgentView(cluster.Lab).RedisAsync(node, "INFO", "persistence")).Text is var info
            && (info.Contains("rdb_bgsave_in_progress:1", StringComparison.Ordinal) || info.Contains("aof_rewrite_in_progress:1", StringComparison.Ordinal));

    private string Address(string node) => cluster.Lab.Plan.Node(node).Address;

    // 64 values of 16 KiB in each command; the replicas are waited for, since a computer that others keep busy may be slower than the client.
    private async Task FillAsync(int megabytes)
    {
        const int together = 16;
        var value = new string('x', Megabyte / 64);
        for (var first = 0; first < megabytes; first += together)
        {
            var some = Enumerable.Range(first, together).ToList();
            await LabGround.UntilAsync(() => TryAsync(connection =>
            {
                foreach (var megabyte in some)
                    Call(connection, ["MSET", .. Keys(megabyte).SelectMany(key => (string[])[key, value])]);
                Call(connection, ["WAIT", "2", "5000"]);
            }), LabGround.RestLimit, $"megabyte {first} is written");
        }
    }

    private Task<bool> EmptyAsync(int megabytes) => ClientAsync(connection =>
    {
        for (var i = 0; i < megabytes; i++)
            Call(connection, ["UNLINK", .. Keys(i)]);
    });

    private static void Call(RespClient connection, string[] command) => connection.CallAsync(command, CancellationToken.None).GetAwaiter().GetResult().OrThrow();

    private async Task<bool> TryAsync(Action<RespClient> work)
    {
        try
        {
            return await ClientAsync(work);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Keys(int megabyte) => Enumerable.Range(0, 64).Select(n => $"cargo:{megabyte}:{n}");

    private Task<bool> ClientAsync(Action<RespClient> work)
    {
        var client = cluster.Lab.Plan.Client;
        var endpoint = new RespEndpoint(client.Write, client.Port, client.User, client.Password, cluster.Lab.Plan.ObserverAddresses()[0]);
        return NetworkNamespace.RunAsync(cluster.Lab.KeeperPid, () =>
        {
            using var connection = RespClient.ConnectAsync(endpoint, TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
            work(connection);
            return true;
        });
    }
}
