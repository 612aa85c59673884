using System.Globalization;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Doctor;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Status;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>What a person reads of a machine that does not let the agent do its work: what was expected, what was found, where, and what to do.</summary>
public sealed class TroubleTests : IDisposable
{
    private const string Mounts = "21 1 8:1 / / rw,relatime - ext4 /dev/vda1 rw\n30 21 0:30 / /etc/haproxy rw - tmpfs tmpfs rw\n31 21 0:31 / /var rw - ext4 /dev/vdb rw\n";
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_full_file_system_is_named() => Assert.Equal(
        "/etc/haproxy/haproxy.cfg: expected room for it in /etc/haproxy, found: No space left on the file system mounted at /etc/haproxy; "
        + "see what fills it (df -h /etc/haproxy; df -i /etc/haproxy; du -xh /etc/haproxy | sort -h | tail) and free some",
        RefusedWrite.Sentence("/etc/haproxy/haproxy.cfg", new IOException("", 28), Mounts));

    [Fact]
    public void A_read_only_file_system_is_named() => Assert.Equal(
        "/etc/sysctl.d/x.conf: expected that /etc/sysctl.d can be written, found: Read-only file system, mounted at /; "
        + "a kernel mounts so after disk errors (dmesg), else a person did; when that is mended: mount -o remount,rw /",
        RefusedWrite.Sentence("/etc/sysctl.d/x.conf", new IOException("", 30), Mounts));

    [Theory]
    [InlineData("/var/lib/redis", "Redis's files", 256)]
    [InlineData("/etc", "configuration", 4)]
    [InlineData("/var/lib/redishabake", "the agent's files", 4)]
    public async Task A_file_system_without_room_is_found_before_anything_is_touched(string directory, string use, int least)
    {
        _machine.FreeBytes[directory] = 1 << 20;

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Equal(
            $"step preflight (1/15) failed: {directory}: expected {least} MiB free for {use}, found 1 MiB; free some space on that file system (df -h {directory}), or attach a larger disk",
            e.Message);
        Assert.Empty(_machine.Systemd.Changes);
    }

    [Theory]
    [InlineData("redis-server.service", "redis (10/15)")]
    [InlineData("haproxy.service", "haproxy (8/15)")]
    [InlineData("keepalived.service", "keepalived (9/15)")]
    [InlineData("redishabake-join.service", "join (12/15)")]
    public async Task A_masked_unit_is_said_to_be_masked_at_a_later_run_by_step_status_and_doctor(string unit, string step)
    {
        _machine.Systemd.Units[NodeUnits.Agent] = new() { Active = true, Enabled = true };
        await _machine.ApplyAsync();
        _machine.Systemd.Units[unit].Masked = true;
        await SaysMaskedAsync(unit);

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Equal($"step {step} failed: {unit}: expected not masked, found masked; systemctl unmask {unit}", e.Message);
        await SaysMaskedAsync(unit);
        _machine.Systemd.Units[unit].Masked = false;
        await _machine.ApplyAsync();
    }

    [Fact]
    public async Task A_join_that_cannot_write_down_what_it_does_says_so_once_and_goes_on()
    {
        await _machine.ApplyAsync();
        Directory.Delete(_machine.Root.At("/run/redishabake"), recursive: true);
        // What a full file system is to a write: it fails.
        File.WriteAllText(_machine.Root.At("/run/redishabake"), "");
        var teller = new JoinTeller(_machine.Agent);
        teller.Say(JoinPhase.Waiting, "waiting for redis-b");
        teller.Say(JoinPhase.Settled, "redis-a is master");
        Assert.False(teller.TryWrite());
        Assert.Single(_machine.Journal.Lines, l => l.Contains("join: goes on, but cannot say so to status and the boot sequence", StringComparison.Ordinal));

        File.Delete(_machine.Root.At("/run/redishabake"));
        Assert.True(teller.TryWrite());
        Assert.Equal("redis-a is master", JoinState.Read(_machine.Root)?.Sentence);
    }

    [Fact]
    public async Task A_full_run_is_the_first_thing_that_doctor_says()
    {
        await _machine.ApplyAsync();
        _machine.FreeBytes["/run"] = 0;
        _machine.Root.Write(KeepalivedConf.Path, "# by hand\n");
        var said = (await DoctorSaysAsync()).Split('\n');
        Assert.Equal("! /run: expected at least 64 KiB free, for what this node's services tell each other, found 0 KiB", said[2]);
        Assert.Equal("  → see what fills it (df -h /run; du -xh /run | sort -h | tail) and free some; nothing has to be restarted", said[3]);
    }

    [Fact]
    public void A_unit_that_did_not_start_is_named_in_what_to_do() => Assert.StartsWith(
        "do what the unit's own words above ask for; all of them: journalctl -u redis-server.service -n 50;",
        Remedy.Of("step redis (10/15) failed: redis-server.service did not start: the job ended with \"failed\"", [], isTriedAgain: true),
        StringComparison.Ordinal);

    private async Task SaysMaskedAsync(string unit)
    {
        var status = await new StatusReader(_machine.Agent).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Contains(status.Reasons, r => r.EndsWith($"{unit}: expected not masked, found masked; systemctl unmask {unit}", StringComparison.Ordinal));
        var said = await DoctorSaysAsync();
        Assert.Contains($"{unit}: expected not masked, found masked\n  → systemctl unmask {unit}", said, StringComparison.Ordinal);
        Assert.Equal(1, said.Split("found masked").Length - 1);
    }

    private async Task<string> DoctorSaysAsync()
    {
        using var output = new StringWriter();
        await DoctorCommand.RunAsync(_machine.Agent, json: false, output, TestContext.Current.CancellationToken);
        return output.ToString();
    }

    [Fact]
    public async Task Whoever_has_taken_a_port_is_named_when_a_unit_does_not_start()
    {
        var plan = _machine.Plan;
        var unit = _machine.Systemd.Units[UnitDropIns.HaproxyUnit];
        unit.Fails = "the job ended with \"failed\"";
        // 127.0.2.11 as the kernel writes it.
        _machine.Root.Write("/proc/net/tcp", "  sl  local_address\n   0: 0B02007F:"
            + plan.Ports.Write.ToString("X4", CultureInfo.InvariantCulture) + " 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1\n");
        _machine.Root.Write("/proc/77/comm", "python3\n");
        _machine.Root.Write("/proc/77/cgroup", "0::/system.slice/squatter.service\n");
        Directory.CreateDirectory(_machine.Root.At("/proc/77/fd"));
        File.CreateSymbolicLink(_machine.Root.At("/proc/77/fd/3"), "socket:[4711]");

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.EndsWith(
            $"; port {plan.Ports.Write} of 127.0.2.11: expected it free, found python3 (process 77 of squatter.service) listening there; systemctl disable --now squatter.service, or give one of the two another port",
            e.Message);
    }

    [Fact]
    public async Task An_address_that_cannot_be_told_is_a_failing_step_and_over_when_there_is_one()
    {
        var plan = _machine.Plan;
        _machine.Plan = plan with { Nodes = [.. plan.Nodes.Select(n => n.Name == plan.Node ? n with { Address = Words.Auto } : n)] };
        _machine.Programs.Addresses.AddRange([new("eth0", "127.0.2.11", 8), new("eth0", "127.0.2.99", 8)]);

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Equal(
            "step preflight (1/15) failed: expected one address inside 127.0.0.0/8 on this machine, found 127.0.2.11, 127.0.2.99; name the node's address in the spec and generate again",
            e.Message);
        Assert.Equal(e.Message, BootReport.Read(_machine.Root, BootReport.RunFile)?.Failure);
        Assert.Empty(_machine.Systemd.Changes);

        var status = await new StatusReader(_machine.Agent).ReadAsync(CancellationToken.None);
        Assert.Equal(("failed", e.Message), (status.State, Assert.Single(status.Reasons)));
        Assert.Contains("preflight: check: expected an answer, found expected one address inside", (await _machine.PlanAsync())[0]);

        // The same process, as the service tries it.
        _machine.Programs.Addresses.RemoveAt(1);
        await BootSequence.ApplyAsync(_machine.Agent, again: true, CancellationToken.None);
        Assert.Equal("127.0.2.11", _machine.Agent.Plan.Self.Address);
        Assert.True(_machine.Root.Exists(BootReport.ReadyFile));
    }

    [Fact]
    public async Task A_failed_boot_stands_in_the_motd_until_it_is_over()
    {
        _machine.Root.Delete("/usr/sbin/keepalived");

        Assert.Equal(ExitCode.Failed, await ApplyCommand.RunAsync(_machine.Agent, CancellationToken.None));
        Assert.Contains("redishabake: redis-a: step preflight (1/15) failed: /usr/sbin/keepalived: expected package keepalived", _machine.Root.Read(NoticeBoard.File));

        _machine.Root.Write("/usr/sbin/keepalived", "");
        Assert.Equal(ExitCode.Good, await ApplyCommand.RunAsync(_machine.Agent, CancellationToken.None));
        Assert.False(_machine.Root.Exists(NoticeBoard.File));

        // A later run of a node that was ready: its failure too comes and goes.
        _machine.Root.Delete("/usr/sbin/keepalived");
        Assert.Equal(ExitCode.Failed, await ApplyCommand.RunAsync(_machine.Agent, CancellationToken.None));
        Assert.True(_machine.Root.Exists(NoticeBoard.File));
        _machine.Root.Write("/usr/sbin/keepalived", "");
        Assert.Equal(ExitCode.Good, await ApplyCommand.RunAsync(_machine.Agent, CancellationToken.None));
        Assert.False(_machine.Root.Exists(NoticeBoard.File));
    }

}
