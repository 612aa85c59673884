using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The role is handed over on purpose, by an operator, a package or a stop, and no client misses a write.</summary>
[Collection(SharedCluster.Name)]
public class HandOverTests(TutorialCluster cluster)
{
    private const double Planned = 0.3;
    private const double Kill = 0.4;

    [Fact]
    public async Task A_switchover_to_a_named_node_loses_nothing_and_one_that_cannot_be_is_refused()
    {
        var before = await cluster.WholeAsync();
        var others = cluster.Nodes.Where(n => n != before).ToList();
        var verdict = await cluster.RecordAsync(async () =>
        {
            // Asked on a third node.
            var said = await cluster.Lab[others[0]].RunAsync("redishabake-agent", "switchover", "--to", others[1]);
            Assert.Equal($"{others[1]} is master, named by the Sentinels; nothing was lost", said);
        });
        verdict.NothingLost();
        Assert.Equal(others[1], await cluster.WholeAsync());
        await cluster.GapWithinAsync(Planned, verdict);

        await cluster.Lab[before].RunAsync("systemctl", "stop", "redis-server");
        try
        {
            await RefusedAsync([], others[1], $"{others[1]} is the master already", "--to", others[1]);
            await RefusedAsync([], others[1], $"{before} does not answer, and cannot take over", "--to", before);
            await cluster.Lab[others[0]].RunAsync("systemctl", "stop", "redis-server");
            await RefusedAsync([before, others[0]], others[1], "no other data node can take over");
        }
        finally
        {
            foreach (var node in (string[])[before, others[0]])
                await cluster.Lab[node].RunAsync("systemctl", "start", "redis-server");
        }

        Assert.Equal(others[1], await cluster.RestAsync());
    }

    [Fact]
    public async Task A_stop_while_the_own_Sentinel_is_in_TILT_is_handed_over_by_another()
    {
        var before = await cluster.WholeAsync();
        var machine = cluster.Lab[before];
        var verdict = await cluster.RecordAsync(async () =>
        {
            await machine.ShellAsync("pid=$(systemctl show --value -p MainPID redis-sentinel); kill -STOP $pid; sleep 3; kill -CONT $pid; sleep 1");
            Assert.Contains("in TILT", await machine.RunAsync("redishabake-agent", "status"), StringComparison.Ordinal);
            await Fault.Of("stop-redis").InjectAsync(cluster.Lab, machine);
            await Fault.HealAsync(cluster.Lab, machine);
        });
        verdict.NothingLost();
        Assert.NotEqual(before, await cluster.RestAsync());
        Assert.Contains("handed over before the stop", await machine.AgentJournalAsync(), StringComparison.Ordinal);
        await cluster.GapWithinAsync(Planned, verdict);
        // The next fault shall not meet a Sentinel that abstains.
        await LabGround.UntilAsync(
            async () => !(await machine.RunAsync("redishabake-agent", "status")).Contains("TILT", StringComparison.Ordinal), LabGround.RestLimit, "the TILT is over");
    }

    [Fact]
    public async Task A_service_of_the_agents_that_is_killed_goes_on_watching_and_starts_nothing_that_was_stopped()
    {
        var master = await cluster.WholeAsync();
        var replica = cluster.Lab[cluster.Nodes.First(n => n != master)];
        await replica.RunAsync("systemctl", "stop", "redis-server");
        try
        {
            await replica.RunAsync("systemctl", "kill", "--signal=KILL", "redishabake-agent");
            await LabGround.UntilAsync(
                async () => (await replica.AgentJournalAsync()).Contains("ended without being stopped; it goes on watching", StringComparison.Ordinal), LabGround.RestLimit, "the next service watches");
            // As long as the steps take, and some.
            await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
            Assert.Equal("inactive", (await replica.ShellAsync("systemctl is-active redis-server || true")).Trim());

            // Whoever restarts it by hand wants what the plan says.
            await replica.RunAsync("systemctl", "restart", "redishabake-agent");
            await LabGround.UntilAsync(
                async () => (await replica.ShellAsync("systemctl is-active redis-server || true")).Trim() == "active", LabGround.RestLimit, "the steps start Redis");
        }
        finally
        {
            await replica.RunAsync("systemctl", "start", "redis-server");
        }

        Assert.Equal(master, await cluster.RestAsync());
    }

    [Fact]
    public async Task A_package_that_restarts_Redis_hands_over_first()
    {
        var before = await cluster.WholeAsync();
        var machine = cluster.Lab[before];
        var old = await machine.RunAsync("systemctl", "show", "--value", "-p", "MainPID", "redis-server");
        var verdict = await cluster.RecordAsync(
            // What dpkg runs when it configures a newer version over an older one.
            async () => await machine.ShellAsync("DEBIAN_FRONTEND=noninteractive DPKG_MAINTSCRIPT_NAME=postinst DPKG_MAINTSCRIPT_PACKAGE=redis-server /var/lib/dpkg/info/redis-server.postinst configure 5:6.0-1"));
        Assert.NotEqual(old, await machine.RunAsync("systemctl", "show", "--value", "-p", "MainPID", "redis-server"));
        verdict.NothingLost();
        Assert.NotEqual(before, await cluster.RestAsync());
        await cluster.GapWithinAsync(Planned, verdict);
    }

    [Fact]
    public async Task Without_the_agents_daemon_a_stop_and_a_crash_are_survived_and_the_nodes_come_back()
    {
        var before = await cluster.WholeAsync();
        foreach (var machine in cluster.Lab.Machines)
            await machine.RunAsync("systemctl", "stop", "redishabake-agent");
        try
        {
            var stopped = await cluster.RecordAsync(async () =>
            {
                await cluster.Lab[before].RunAsync("systemctl", "restart", "redis-server");
                await cluster.WholeAsync();
            });
            stopped.NothingLost();
            await cluster.GapWithinAsync(Planned, stopped);

            var next = await cluster.WholeAsync();
            Assert.NotEqual(before, next);
            var killed = await cluster.RecordAsync(async () =>
            {
                await Fault.Of("kill-redis").InjectAsync(cluster.Lab, cluster.Lab[next]);
                await cluster.WholeAsync();
            });
            killed.NothingLost();
            Assert.NotEqual(next, await cluster.WholeAsync());
            await cluster.GapWithinAsync(Kill, killed);
        }
        finally
        {
            foreach (var machine in cluster.Lab.Machines)
                await machine.RunAsync("systemctl", "start", "redishabake-agent");
        }
    }

    [Fact]
    public async Task A_daemon_that_is_killed_is_back_before_a_minute_and_a_crash_at_once_is_survived()
    {
        var before = await cluster.WholeAsync();
        var verdict = await cluster.RecordAsync(async () =>
        {
            foreach (var machine in cluster.Lab.Machines)
                await machine.RunAsync("systemctl", "kill", "--signal=KILL", "redishabake-agent");
            await Fault.Of("kill-redis").InjectAsync(cluster.Lab, cluster.Lab[before]);
        });
        verdict.NothingLost();
        Assert.NotEqual(before, await cluster.RestAsync());
        foreach (var machine in cluster.Lab.Machines)
            Assert.Equal("active", await machine.RunAsync("systemctl", "is-active", "redishabake-agent"));
    }

    private async Task RefusedAsync(IReadOnlyList<string> off, string on, string because, params string[] arguments)
    {
        var refused = await cluster.Lab[on].RunAsync(["redishabake-agent", "switchover", .. arguments], TestContext.Current.CancellationToken);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(because, refused.Output, StringComparison.Ordinal);
        Assert.All(off, node => Assert.Contains($"{node} does not answer", refused.Output, StringComparison.Ordinal));
    }
}
