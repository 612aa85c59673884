using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Status;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Agent.Tests.Join;
using RedisHaBake.Agent.Watch;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Status;

/// <summary>What <c>status</c> says of a node that was ready, while and after the agent goes through its steps again.</summary>
public sealed class LaterRunTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task It_is_not_called_ready_before_the_later_run_is_through()
    {
        await _machine.ApplyAsync();
        var settled = (await StatusAsync()).State;
        Assert.DoesNotContain(settled, new[] { "starting", "failed" });

        // Killed after its second step: the later ones, the services among them, have not been looked at.
        _machine.Cut.After(3);
        await Assert.ThrowsAsync<PowerCutException>(() => _machine.ApplyAsync());
        _machine.Cut.Never();
        Assert.Equal("starting", (await StatusAsync()).State);

        await _machine.ApplyAsync();
        Assert.Equal(settled, (await StatusAsync()).State);
    }

    [Fact]
    public async Task A_failure_stays_said_while_it_is_tried_again()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Units[UnitDropIns.HaproxyUnit].Active = false;
        _machine.Systemd.Units[UnitDropIns.HaproxyUnit].Fails = "port 6380 is taken";
        await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        _machine.Cut.After(3);
        await Assert.ThrowsAsync<PowerCutException>(() => _machine.ApplyAsync(again: true));
        _machine.Cut.Never();

        var status = await StatusAsync();
        Assert.Equal("failed", status.State);
        Assert.Contains("port 6380 is taken", Assert.Single(status.Reasons));
    }

    [Fact]
    public async Task A_step_that_was_interrupted_is_said_to_be_done_by_the_next_try()
    {
        // Of a cluster whose addresses come late: a peer is met while Redis starts, and the new plan interrupts the old one's sequence.
        var started = _machine.Systemd.Started;
        _machine.Systemd.Started = unit =>
        {
            started(unit);
            if (unit == "redis-server.service")
                throw new OperationCanceledException();
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => _machine.ApplyAsync());
        _machine.Systemd.Started = started;
        await _machine.ApplyAsync(again: true);
        Assert.Single(_machine.Journal.Lines, l => l.Contains("step redis (10/15): done", StringComparison.Ordinal));
        Assert.Single(_machine.Journal.Lines, l => l.Contains("step haproxy (8/15): ", StringComparison.Ordinal) && l.Contains("done", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Sentinel_that_was_missing_at_the_first_boot_is_not_missed_once_it_answers()
    {
        await _machine.ApplyAsync();
        BootReport.Replace(_machine.Root, null, AbsentSentinels.Sentence("redis-c"));
        var watch = new AbsentSentinels(_machine.Agent);

        watch.Look(new Facts().SentinelDown("redis-c").Make());
        Assert.Contains(AbsentSentinels.Sentence("redis-c"), (await StatusAsync()).Reasons);

        watch.Look(new Facts().Make());
        watch.Look(new Facts().Make());
        Assert.DoesNotContain(AbsentSentinels.Sentence("redis-c"), (await StatusAsync()).Reasons);
        Assert.DoesNotContain(AbsentSentinels.Sentence("redis-c"), BootReport.Read(_machine.Root, BootReport.DurableReadyFile)!.Degraded);
        Assert.Single(_machine.Journal.Lines, l => l.Contains("the Sentinel of redis-c, which was missing when this node became ready, answers now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_later_run_finds_takes_the_place_of_what_the_first_one_found()
    {
        await _machine.ApplyAsync();
        BootReport.Replace(_machine.Root, null, "something that is over");
        var first = (await StatusAsync()).Boot!;
        Assert.Contains(first.Steps, s => s is { Name: "files", Changed: true });

        _machine.Redis.Config["maxmemory"] = "1";
        _machine.Redis.Immutable.Add("maxmemory");
        await _machine.ApplyAsync();

        var later = await StatusAsync();
        Assert.Contains(later.Reasons, r => r.StartsWith("maxmemory of the running Redis: expected 0, found 1", StringComparison.Ordinal));
        Assert.DoesNotContain("something that is over", later.Reasons);
        Assert.Contains(later.Boot!.Steps, s => s is { Name: "files", Changed: false });
        Assert.Equal("ready", later.Boot.Steps[^1].Name);
        Assert.True(later.Boot.Started > first.Started);
        Assert.Equal(later.Boot.Degraded, BootReport.Read(_machine.Root, BootReport.DurableReadyFile)!.Degraded);

        _machine.Redis.Immutable.Clear();
        await _machine.ApplyAsync();
        var kept = _machine.Root.Read(BootReport.DurableReadyFile);
        await _machine.ApplyAsync();
        Assert.Equal(kept, _machine.Root.Read(BootReport.DurableReadyFile));
        Assert.DoesNotContain((await StatusAsync()).Reasons, r => r.StartsWith("maxmemory", StringComparison.Ordinal));
    }

    private Task<StatusReport> StatusAsync() => new StatusReader(_machine.Agent).ReadAsync(CancellationToken.None);
}
