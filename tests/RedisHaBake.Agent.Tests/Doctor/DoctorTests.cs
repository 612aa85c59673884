using System.Text.RegularExpressions;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Doctor;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Doctor;

/// <summary>What <c>doctor</c> says to a person at 3 a.m.: the cause first and once, with what to do, and not what follows from it.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public DoctorTests() => _machine.Systemd.Units[NodeUnits.Agent] = new() { Active = true, Enabled = true };

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Before_the_plan_was_applied_it_says_so_and_starts_nothing_of_the_distribution()
    {
        _machine.Systemd.Units[NodeUnits.Agent].Active = false;
        Snapshot.Match(await SaysAsync(), "");
    }

    [Fact]
    public async Task A_missing_package_at_the_first_boot_is_one_finding()
    {
        _machine.Root.Delete("/usr/sbin/keepalived");
        await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());
        Snapshot.Match(await SaysAsync(), "");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_at_the_first_boot_is_one_finding_with_its_remedy()
    {
        _machine.Cut.After(1);
        await Assert.ThrowsAsync<PowerCutException>(() => _machine.ApplyAsync());
        _machine.Cut.Never();
        var run = BootReport.Read(_machine.Root, BootReport.RunFile) ?? new BootReport("1", _machine.Clock.GetUtcNow(), null, [], [], "");
        (run with { Steps = [new("preflight", false, 1)], Failure = "step kernel (2/15) failed: Read-only file system : '/etc/sysctl.d/99-zz-redishabake.conf.new'" })
            .Write(_machine.Root, BootReport.RunFile);
        Snapshot.Match(await SaysAsync(), "");
    }

    [Fact]
    public async Task A_systemd_that_does_not_answer_is_one_finding()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Refuses = "the system bus does not answer (Connection refused)";
        Assert.Contains("whether its services run is unknown: the system bus does not answer (Connection refused)", await SaysAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("expected running", await SaysAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_waits_for_another_says_for_whom_and_has_nothing_restarted()
    {
        _machine.JoinSettles = false;
        using var stop = new CancellationTokenSource();
        var run = _machine.ApplyAsync(ct: stop.Token);
        while (!_machine.Systemd.Changes.Contains("start redis-server.service"))
            await Task.Delay(10);
        new JoinState(JoinPhase.Waiting, "no Sentinel names a master yet; waiting for redis-c to answer", _machine.Clock.GetUtcNow(), false).Write(_machine.Root);
        while (BootReport.Read(_machine.Root, BootReport.RunFile)?.Steps.Count != 11)
            await Task.Delay(10);
        var said = await SaysAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Contains(
            """
            ! no Sentinel names a master yet; waiting for redis-c to answer
              → start or repair the node that is named: on it, redishabake-agent doctor; in the portal, where it does not answer at all. Nothing is to be restarted here, it goes on by itself

            """,
            said);
        Assert.Contains("that the 3 steps after it will settle are left out", said);
        Assert.DoesNotContain("systemctl restart", said);
        Assert.DoesNotContain("! redis-c", said);
    }

    [Theory]
    [InlineData("the Sentinels do not agree on a master yet (highest epoch 62); a failover is spreading", "wait a minute and look again: it ends by itself, or what else to do is said here then")]
    [InlineData("the Sentinels name redis-b, which is not master (any more, or yet); waiting for the failover or for its own decision", "wait a minute and look again: it ends by itself, or what else to do is said here then")]
    [InlineData("we are named master and nobody else can be; waiting for our Redis to load its data", "what keeps it: journalctl -u 'redis*' -u 'valkey*' -n 50 on this node; one that reads its data needs time, and a restart would begin anew")]
    [InlineData("only a person can say whose data to keep: on that node, redishabake-agent recover --from redis-c", "the command that is named, on the node whose data shall stay; nothing goes on before that")]
    [InlineData("waiting for redis-b to answer; if it does not come, redishabake-agent recover --from redis-c", "start or repair the node that is named; where it is gone for good, the command that is named")]
    public void What_to_do_about_a_wait_fits_what_is_waited_for(string sentence, string remedy) => Assert.Equal(remedy, Cause.Waiting(sentence));

    [Fact]
    public async Task A_stopped_Redis_is_one_finding_and_not_each_of_its_silences()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Units["redis-server.service"].Active = false;
        _machine.Redis.Dispose();
        var said = await SaysAsync();
        Assert.Contains("! redis-server.service: expected running, found inactive (dead)\n  → journalctl -u redis-server.service -n 50", said);
        Assert.DoesNotContain("settings:", said);
        Assert.DoesNotContain("redis: ", said);
        Assert.DoesNotContain("Redis of redis-a", said);
    }

    [Fact]
    public async Task A_Redis_that_ends_at_each_start_says_by_its_own_words_why()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Units["redis-server.service"].Active = false;
        _machine.Redis.Dispose();
        _machine.Programs.RedisJournal =
            """
            88:C 25 Nov 2026 16:00:00.000 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
            88:M 25 Nov 2026 16:00:00.010 # Server initialized
            88:M 25 Nov 2026 16:00:00.020 # Bad file format reading the append only file appendonly.aof.1.incr.aof: make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>
            99:C 25 Nov 2026 16:00:01.000 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
            99:C 25 Nov 2026 16:00:01.001 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=99, just started

            """;
        var said = await SaysAsync();
        Assert.Contains(
            """
            ! redis-server.service: expected running, found inactive (dead); it said last: Bad file format reading the append only file appendonly.aof.1.incr.aof: make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>
              → do what its own words ask for (all of them: journalctl -u redis-server.service -n 50); then: systemctl restart redis-server.service
            """,
            said);
    }

    [Fact]
    public async Task A_Redis_that_reads_its_data_is_waited_for_and_not_restarted()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Units["redis-server.service"].Starting = true;
        _machine.Redis.Loads = true;
        var said = await SaysAsync();
        Assert.Contains(
            """
            ! Redis is still reading its data: 43.70 % read, about 12 s left
              → wait, and look again: it goes on by itself, and a restart would begin anew
            """,
            said);
        Assert.DoesNotContain("restart redis-server", said);
        Assert.DoesNotContain("expected running", said);
    }

    [Fact]
    public async Task A_full_disk_comes_before_all_that_follows_from_it_and_names_the_disk_of_the_data()
    {
        await _machine.ApplyAsync();
        _machine.Redis.DiskIsFull = true;
        _machine.Root.Write(KeepalivedConf.Path, "# by hand\n");
        var said = (await SaysAsync()).Split('\n');
        Assert.Equal("! Redis cannot write its append-only file and refuses writes", said[2]);
        Assert.StartsWith("  → df -h /var/lib/redis: free some space there", said[3]);
    }

    [Fact]
    public async Task A_plan_of_a_newer_schema_wants_the_agent_that_reads_it()
    {
        await _machine.ApplyAsync();
        const string problem = "/etc/redishabake/node.json: the plan's \"schema\" is 9, this agent reads 1; install the redishabake-agent that belongs to the generator, or generate with the older one";
        var said = (await SaysAsync(problem)).Split('\n');
        Assert.Equal($"! {problem}", said[2]);
        Assert.StartsWith("  → install the redishabake-agent that belongs to the generator (apt-get install", said[3]);
        Assert.DoesNotContain(said, l => l.Contains("generate it again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_were_changed_are_one_finding()
    {
        await _machine.ApplyAsync();
        _machine.Root.Write(HaproxyCfg.Path, "# by hand\n");
        _machine.Root.Write(KeepalivedConf.Path, "# by hand\n");
        var said = await SaysAsync();
        Assert.Contains("! files: 2 things differ from the plan: /etc/haproxy/haproxy.cfg: expected", said);
        Assert.Contains("  → systemctl restart redishabake-agent.service (it applies the plan, and restarts no server)", said);
    }

    [Fact]
    public async Task A_way_out_that_stays_open_for_nodes_that_are_gone_is_said()
    {
        using var machine = new FakeMachine(p => p with { Schema = NodePlan.EgressSchema, Egress = new(p.Node, 3128) });
        machine.Systemd.Units[NodeUnits.Agent] = new() { Active = true, Enabled = true };
        machine.Systemd.Units[EgressProxy.Unit] = new() { Active = true, Enabled = true };
        await machine.ApplyAsync();
        const string said = "! the way out through this node stays open for the whole private network: redis-b and redis-c may be created anew and install by it\n"
            + "  → it closes by itself when they answer; where one is gone for good, take it out of the spec, generate again, and put the new text on this VM";
        Assert.Contains(said, await SaysAsync(machine: machine), StringComparison.Ordinal);
        machine.Systemd.Units[EgressProxy.Unit].Active = false;
        Assert.DoesNotContain("the way out", await SaysAsync(machine: machine), StringComparison.Ordinal);
    }

    // Without the ports, which are another machine's each time.
    private async Task<string> SaysAsync(string planProblem = "", FakeMachine? machine = null)
    {
        var on = machine ?? _machine;
        var agent = new AgentContext(
            on.Root, on.Plan, () => SamplePlan.Host(on.Plan.Self.Address), on.Journal, on.Systemd, on.Clock)
        {
            Programs = on.Programs,
            PlanProblem = planProblem,
        };
        using var output = new StringWriter();
        await DoctorCommand.RunAsync(agent, json: false, output, TestContext.Current.CancellationToken);
        return Regex.Replace(output.ToString(), @"\nnote: .*\n", "");
    }
}
