using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Boot;

public sealed class BootSequenceTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_first_boot_reads_like_a_story()
    {
        await _machine.ApplyAsync();

        Snapshot.Match(WithoutDurations(_machine.Journal.Story), "");
    }

    [Fact]
    public async Task A_first_boot_leaves_every_service_running_by_the_plan_and_enabled()
    {
        await _machine.ApplyAsync();

        Assert.Equal(
            """
            haproxy.service running enabled drop-in ours
            keepalived.service running enabled drop-in ours
            redis-sentinel.service running enabled drop-in ours
            redis-server.service running enabled drop-in ours
            redishabake-join.service stopped disabled drop-in none
            """,
            _machine.Services());
        foreach (var file in ManagedFiles.For(_machine.Plan, _machine.Agent.Host).Where(f => f.Path != _machine.Agent.Layout.ServerConfig))
            Assert.Equal(file.Content, _machine.Root.Read(file.Path));
        Assert.Equal("never\n", _machine.Root.Read(HugepagesConf.Switch));
        Assert.NotNull(BootReport.Read(_machine.Root, BootReport.DurableReadyFile)?.Ready);
        Assert.Empty(_machine.Proxy.Keys);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await _machine.ApplyAsync();
        var (tree, calls) = (_machine.Tree(), _machine.Systemd.Changes.Count);

        await _machine.ApplyAsync();

        Assert.Equal(tree, _machine.Tree());
        Assert.Equal(calls, _machine.Systemd.Changes.Count);
        Assert.Empty(await _machine.PlanAsync());
    }

    [Fact]
    public async Task A_plan_before_the_first_boot_changes_nothing()
    {
        var tree = _machine.Tree();

        var differences = await _machine.PlanAsync();

        Assert.Contains("files: /etc/haproxy/haproxy.cfg: expected the plan's text, found another text", differences);
        Assert.Equal(tree, _machine.Tree());
        Assert.Empty(_machine.Systemd.Changes);
    }

    [Fact]
    public async Task Interrupted_anywhere_the_next_run_ends_the_same()
    {
        await _machine.ApplyAsync();
        var (moments, uninterrupted) = (_machine.Cut.Moments, _machine.Tree() + _machine.Services());
        Assert.True(moments > 100, $"{moments} moments");
        _machine.Dispose();

        for (var moment = 1; moment <= moments; moment++)
        {
            using var machine = new FakeMachine(ports: _machine.Plan.Ports);
            machine.Cut.After(moment);
            await Assert.ThrowsAsync<PowerCutException>(() => machine.ApplyAsync());
            machine.Cut.Never();
            await machine.ApplyAsync();

            Assert.Equal(uninterrupted, machine.Tree() + machine.Services());
        }
    }

    [Fact]
    public async Task A_config_that_haproxy_rejects_never_replaces_the_old_one()
    {
        _machine.Programs.HaproxySays = "[ALERT] parsing [x:12] : unknown keyword 'nonsense'";

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Contains("step files (5/15) failed", e.Message);
        Assert.Contains("unknown keyword 'nonsense'", e.Message);
        Assert.Equal("# Debian's own\n", _machine.Root.Read(HaproxyCfg.Path));
        Assert.False(_machine.Root.Exists(HaproxyCfg.Path + ".candidate"));
        Assert.DoesNotContain(_machine.Systemd.Changes, c => c.StartsWith("start", StringComparison.Ordinal));
        Assert.Equal(e.Message, BootReport.Read(_machine.Root, BootReport.RunFile)?.Failure);

        _machine.Programs.HaproxySays = "";
        await _machine.ApplyAsync();
        Assert.True(_machine.Root.Exists(BootReport.ReadyFile));
    }

    [Fact]
    public async Task A_text_that_haproxy_rejects_is_said_without_the_number_of_haproxys_process()
    {
        _machine.Programs.HaproxySays = "[ALERT]    (3362) : config : parsing [" + _machine.Root.At(HaproxyCfg.Path) + ".candidate:12] : unknown keyword 'nonsense'";

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Contains($"[ALERT] : config : parsing [{HaproxyCfg.Path}:12] : unknown keyword 'nonsense'", e.Message);
    }

    [Fact]
    public async Task A_running_Redis_is_told_what_changed_in_the_plan_and_what_it_refuses_is_said()
    {
        await _machine.ApplyAsync();
        _machine.Redis.Config["maxmemory"] = "1";
        _machine.Redis.Config["databases"] = "16";
        _machine.Redis.Config["masterauth"] = "old";

        var differences = await _machine.PlanAsync();

        Assert.Contains(differences, d => d.StartsWith("settings: maxmemory of the running Redis: expected 0, found 1;", StringComparison.Ordinal));
        Assert.Contains(differences, d => d.StartsWith("settings: masterauth of the running Redis: expected the plan's, found another;", StringComparison.Ordinal));
        Assert.Equal(2, differences.Count);

        _machine.Redis.Immutable.Add("maxmemory");
        await _machine.ApplyAsync();

        Assert.Equal(_machine.Plan.Secrets.Replication, _machine.Redis.Config["masterauth"]);
        Assert.Contains("maxmemory of the running Redis: expected 0, found 1", Assert.Single(BootReport.Read(_machine.Root, BootReport.RunFile)!.Degraded));
        Assert.DoesNotContain("restart redis-server.service", _machine.Systemd.Changes);
    }

    [Theory]
    [InlineData(PlanFile.Path)]
    [InlineData("/etc/redis/redis.conf")]
    [InlineData("/etc/redis/sentinel.conf")]
    public async Task A_file_with_passwords_that_was_opened_to_others_is_shut_again(string path)
    {
        _machine.Root.Write(path, "what a server wrote itself\n", "0640");
        await _machine.ApplyAsync();
        Assert.Empty(await _machine.PlanAsync());
        File.SetUnixFileMode(_machine.Root.At(path), MachineRoot.ParseMode("0666"));

        Assert.Equal($"files: {path}: expected a mode that shuts others out, found mode 0666", Assert.Single(await _machine.PlanAsync()));
        await _machine.ApplyAsync();
        Assert.Equal(MachineRoot.ParseMode("0660"), _machine.Root.Status(path)!.Value.Mode);
    }

    [Fact]
    public async Task The_plan_that_the_files_were_written_by_is_kept_for_the_hooks()
    {
        await _machine.ApplyAsync();

        Assert.Equal("0600", "0" + Convert.ToString((int)_machine.Root.Status(PlanFile.LastGood)!.Value.Mode, 8));
        Assert.Equal(NodePlanJson.Write(_machine.Plan), NodePlanJson.Write(PlanFile.ReadLastGood(_machine.Root)!));
    }

    [Fact]
    public async Task A_unit_that_fails_stops_the_sequence_there()
    {
        _machine.Systemd.Units[UnitDropIns.HaproxyUnit].Fails = "the job ended with \"failed\"; cannot bind 10.10.90.37:8080";

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Contains("step haproxy (8/15) failed: haproxy.service did not start", e.Message);
        Assert.DoesNotContain("start redis-server.service", _machine.Systemd.Changes);
        Assert.False(_machine.Root.Exists(BootReport.ReadyFile));
    }

    [Fact]
    public async Task A_missing_package_is_named_before_anything_is_touched()
    {
        _machine.Root.Delete("/usr/sbin/keepalived");

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Equal(
            "step preflight (1/15) failed: /usr/sbin/keepalived: expected package keepalived, found no such program; run `apt-get install keepalived`",
            e.Message);
        Assert.Empty(_machine.Systemd.Changes);
    }

    [Fact]
    public async Task An_engine_of_another_major_version_than_the_peers_is_refused()
    {
        using var machine = new FakeMachine(p => p with { Engine = p.Engine with { Major = 8 } });

        var e = await Assert.ThrowsAsync<StepFailedException>(() => machine.ApplyAsync());

        Assert.Contains("redis: expected major version 8, as on the other nodes, found 7.0.15", e.Message);
    }

    [Fact]
    public async Task A_join_that_waits_keeps_the_node_from_being_ready_and_says_why_on_the_motd()
    {
        _machine.JoinSettles = false;
        using var stop = new CancellationTokenSource();
        var run = _machine.ApplyAsync(ct: stop.Token);
        const string sentence = "redis-c does not answer; waiting for it";
        while (!_machine.Systemd.Changes.Contains("start redis-server.service"))
            await Task.Delay(10);
        new JoinState(JoinPhase.Waiting, sentence, _machine.Clock.GetUtcNow(), false).Write(_machine.Root);
        while (_machine.Root.Read(NoticeBoard.File)?.Contains(sentence) != true)
            await Task.Delay(10);
        Assert.False(_machine.Root.Exists(BootReport.ReadyFile));

        new JoinState(JoinPhase.Settled, "joined", _machine.Clock.GetUtcNow(), false).Write(_machine.Root);
        // The Sentinels learn of the master by the join that settled.
        _machine.JoinSettles = true;
        _machine.Systemd.Started("redis-server.service");
        await run;

        Assert.False(_machine.Root.Exists(NoticeBoard.File));
        Assert.True(_machine.Root.Exists(BootReport.ReadyFile));
    }

    [Fact]
    public async Task Writes_that_are_refused_fail_the_verification_with_the_servers_own_words()
    {
        _machine.Proxy.RefusesWrites = "NOREPLICAS Not enough good replicas to write.";

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Contains("step verify (13/15) failed: expected a write through 127.0.2.10:", e.Message);
        Assert.Contains("NOREPLICAS", e.Message);
        Assert.DoesNotContain(_machine.Systemd.Changes, c => c.StartsWith("enable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_haproxy_config_is_reloaded_once_and_nothing_else_is_restarted()
    {
        await _machine.ApplyAsync();
        _machine.Root.Write(HaproxyCfg.Path, "# changed by hand\n", "0640", "root", "haproxy");
        _machine.Systemd.Changes.Clear();

        await _machine.ApplyAsync();
        await _machine.ApplyAsync();

        Assert.Equal(["daemon-reload", "reload haproxy.service"], _machine.Systemd.Changes);
    }

    [Fact]
    public async Task No_secret_is_said_or_given_to_a_program()
    {
        await _machine.ApplyAsync();

        var secrets = _machine.Plan.Secrets;
        foreach (var secret in new[] { secrets.Agent, secrets.HealthCheck, secrets.Replication, secrets.SentinelToRedis, secrets.SentinelToSentinel, secrets.Stats })
            Assert.DoesNotContain(_machine.Journal.Lines.Concat(_machine.Programs.Runs), l => l.Contains(secret, StringComparison.Ordinal));
    }

    // "done, 1.2s" → "done"
    private static string WithoutDurations(string story)
        => string.Join('\n', story.Split('\n').Select(l => l.EndsWith('s') && l.LastIndexOf(", ", StringComparison.Ordinal) is var comma and > 0 && char.IsAsciiDigit(l[comma + 2]) ? l[..comma] : l));
}
