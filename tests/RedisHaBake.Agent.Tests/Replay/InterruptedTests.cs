using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Join;

namespace RedisHaBake.Agent.Tests.Replay;

/// <summary>
/// Every change of who is master, with all agents killed at each command that they send, carried out or not, and then started again: it must
/// end in the same cluster, with the same data.
/// </summary>
public sealed class InterruptedTests
{
    [Fact]
    public Task A_bootstrap() => HoldsAsync(
        StartAll,
        c => c.Joins(),
        c => c.JoinAsync(),
        c => Assert.Equal("redis-a", c.Master()));

    [Fact]
    public Task A_bootstrap_without_the_initial_master_that_comes_meanwhile() => HoldsAsync(
        c =>
        {
            Start(c, "redis-b", "redis-c");
            Absence.Write(c.Agent("redis-b").Root, ["redis-a"]);
            Absence.Write(c.Agent("redis-c").Root, ["redis-a"]);
        },
        c => c.Joins(),
        c =>
        {
            c.Start("redis-a");
            return c.JoinAsync();
        },
        c => Assert.NotNull(c.Master()));

    [Fact]
    public Task A_cold_start_with_data() => HoldsAsync(
        c =>
        {
            GiveAll(c, (7, 9, 8));
            c.Name("redis-a", 4);
            StartAll(c);
        },
        c => c.Joins(),
        c => c.JoinAsync(),
        c => IsMasterWith(c, "redis-a", 7));

    [Fact]
    public Task A_cold_start_with_one_node_missing() => HoldsAsync(
        c =>
        {
            GiveAll(c, (7, 7, 7));
            c.Name("redis-b", 4);
            Start(c, "redis-a", "redis-b");
            c.Sentinels[2].Up = false;
        },
        c => c.Joins(),
        c => c.JoinAsync(),
        c => IsMasterWith(c, "redis-b", 7));

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public Task A_named_master_that_restarted_or_came_back_blank(long dataOfItsOwn) => HoldsAsync(
        c =>
        {
            GiveAll(c, (dataOfItsOwn, 9, 9));
            if (dataOfItsOwn == 0)
                c.Agent("redis-a").Root.Delete("/var/lib/redis/redishabake.life");
            StartAll(c);
            Follow(c, "redis-a", "redis-b", "redis-c");
            c.Name("redis-a", 1);
        },
        c => c.Joins(),
        c => c.JoinAsync(),
        c => Assert.All(c.Data, n => Assert.Equal(9, n.Data)));

    [Fact]
    public Task A_hand_over() => HoldsAsync(
        GivenCluster,
        c => [async ct => await new HandOver(c.Agent("redis-a")).RunAsync("redis-a", "redis-c", ct)],
        c => c.WatchAsync(),
        c =>
        {
            Assert.NotNull(c.Master());
            Assert.All(c.Data, n => Assert.Equal(5, n.Data));
        });

    [Fact]
    public Task A_recovery_from_one_node_with_the_named_one_gone() => HoldsAsync(
        GivenNamedOneGone,
        c => [.. c.Joins(), ct => RecoverCommand.RunAsync(c.Agent("redis-b"), "redis-b", TextWriter.Null, ct)],
        async c =>
        {
            c.KillAt(int.MaxValue, answered: true);
            Assert.True(await c.RunAsync([.. c.Joins(), ct => RecoverCommand.RunAsync(c.Agent("redis-b"), "redis-b", TextWriter.Null, ct)]), c.Story());
            // The one that was away comes back and only follows.
            c.Sentinels[0].Up = true;
            c.Start("redis-a");
            await c.JoinAsync();
        },
        c =>
        {
            IsMasterWith(c, "redis-b", 7);
            Assert.NotEmpty(Kept(c, "redis-a"));
            Assert.NotEmpty(Kept(c, "redis-c"));
            Assert.Empty(Kept(c, "redis-b"));
        });

    [Fact]
    public Task The_watch_raising_a_fit_node() => HoldsAsync(
        c =>
        {
            GivenCluster(c);
            c.Node("redis-a").Stop();
            c.Node("redis-b").Data = 6;
        },
        c => [ct => new Watch.MasterlessWatch(c.Agent("redis-c")).RunAsync(Until(c, ct))],
        c => c.WatchAsync(),
        c => IsMasterWith(c, "redis-b", 6));

    [Fact]
    public Task A_replica_and_then_the_master_made_anew() => HoldsAsync(
        c => GivenForgotten(c, "redis-c"),
        c => c.Joins().Take(2),
        c => c.JoinAsync(),
        c => IsMasterWith(c, "redis-c", 9));

    [Fact]
    public Task Both_replicas_made_anew() => HoldsAsync(
        c =>
        {
            GivenForgotten(c, "redis-a");
            c.Node("redis-a").IsMaster = true;
        },
        c => c.Joins().Skip(1),
        c => c.JoinAsync(),
        c => IsMasterWith(c, "redis-a", 9));

    [Fact]
    public Task A_recovery_from_the_survivor_while_one_that_was_to_be_made_anew_does_not_come() => HoldsAsync(
        c =>
        {
            GivenForgotten(c, "redis-c");
            c.Node("redis-b").Stop();
            c.Sentinels[1].Up = false;
        },
        c => [.. c.Joins(), ct => RecoverCommand.RunAsync(c.Agent("redis-c"), "redis-c", TextWriter.Null, ct)],
        async c =>
        {
            c.KillAt(int.MaxValue, answered: true);
            using var said = new StringWriter();
            if (c.Master() is null)
                Assert.True(await c.RunAsync([.. c.Joins(), ct => RecoverCommand.RunAsync(c.Agent("redis-c"), "redis-c", said, ct)]), said + c.Story());
            c.Sentinels[1].Up = true;
            c.Start("redis-b");
            await c.JoinAsync();
        },
        c => IsMasterWith(c, "redis-c", 9));

    // Ends the watch once it has done its work, so that the run is over.
    private static CancellationToken Until(FakeCluster cluster, CancellationToken ct)
    {
        var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _ = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested && !cluster.Said("redis-c").Any(l => l.Contains("has been told", StringComparison.Ordinal)))
                await Task.Delay(5, CancellationToken.None);
            await done.CancelAsync();
        }, CancellationToken.None);
        return done.Token;
    }

    /// <summary>Once without an interruption, and then once for each that is possible.</summary>
    private static async Task HoldsAsync(
        Action<FakeCluster> given, Func<FakeCluster, IEnumerable<Func<CancellationToken, Task>>> run, Func<FakeCluster, Task> again, Action<FakeCluster> then)
    {
        var changes = await OnceAsync(int.MaxValue, true);
        Assert.InRange(changes, 2, 100);
        // Most of the time is waiting.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2 * changes), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) => await OnceAsync((i / 2) + 1, i % 2 == 0));

        async Task<int> OnceAsync(int killAt, bool answered)
        {
            using var cluster = new FakeCluster();
            given(cluster);
            cluster.KillAt(killAt, answered);
            await cluster.RunAsync(run(cluster));
            var sent = cluster.Changes;
            var killed = cluster.State();
            try
            {
                await again(cluster);
                then(cluster);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"killed at change {killAt}, {(answered ? "which was" : "not")} carried out\n{killed}\n\nin the end\n{cluster.State()}\n{cluster.Story()}", e);
            }

            return sent;
        }
    }

    private static void GivenCluster(FakeCluster c)
    {
        GiveAll(c, (5, 5, 5));
        StartAll(c);
        c.Node("redis-a").IsMaster = true;
        Follow(c, "redis-a", "redis-b", "redis-c");
        c.Name("redis-a", 1);
        foreach (var agent in c.Agents)
            new JoinState(JoinPhase.Settled, "settled", DateTimeOffset.UnixEpoch, false).Write(agent.Root);
    }

    private static void GivenNamedOneGone(FakeCluster c)
    {
        GiveAll(c, (9, 7, 8));
        c.Name("redis-a", 4);
        Start(c, "redis-b", "redis-c");
        c.Sentinels[0].Up = false;
    }

    /// <summary>One node alone has data, and its Sentinel alone knows that redis-a was master.</summary>
    private static void GivenForgotten(FakeCluster c, string survivor)
    {
        c.GiveData(survivor, 9);
        StartAll(c);
        if (survivor != "redis-a")
            Follow(c, "redis-a", survivor);
        c.Name("redis-a", 62);
        foreach (var sentinel in c.Sentinels.Where(s => s.Id != survivor))
            sentinel.Forget();
        new JoinState(JoinPhase.Settled, "settled", DateTimeOffset.UnixEpoch, false).Write(c.Agent(survivor).Root);
    }

    private static void GiveAll(FakeCluster c, (long A, long B, long C) data)
    {
        c.GiveData("redis-a", data.A);
        c.GiveData("redis-b", data.B);
        c.GiveData("redis-c", data.C);
    }

    private static void StartAll(FakeCluster c) => Start(c, "redis-a", "redis-b", "redis-c");

    private static void Start(FakeCluster c, params string[] nodes)
    {
        foreach (var node in nodes)
            c.Start(node);
    }

    private static void Follow(FakeCluster c, string master, params string[] nodes)
    {
        foreach (var node in nodes)
            (c.Node(node).Follows, c.Node(node).Priority) = (c.Node(master).Address, 100);
    }

    private static void IsMasterWith(FakeCluster c, string name, long data)
    {
        Assert.Equal(name, c.Master());
        Assert.All(c.Data.Where(n => n.Up), n => Assert.Equal(data, n.Data));
    }

    private static string[] Kept(FakeCluster c, string node)
    {
        var agent = c.Agent(node);
        var kept = agent.Root.At(new DatasetFiles(agent.Root, agent.Plan).KeptDirectory);
        return Directory.Exists(kept) ? Directory.GetDirectories(kept) : [];
    }
}
