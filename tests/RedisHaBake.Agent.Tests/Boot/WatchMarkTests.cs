using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>Who may go on watching without going through the steps: only what was killed while it watched, by the plan that it watched by.</summary>
public sealed class WatchMarkTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public WatchMarkTests() => _machine.Systemd.Units[NodeUnits.Agent] = new() { Active = true, Enabled = true, Restarts = 1 };

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_watch_that_was_killed_leaves_it_and_one_that_was_stopped_does_not()
    {
        await _machine.ApplyAsync();
        var mark = new WatchMark(_machine.Agent);
        Assert.False(await mark.IsLeftAsync(TestContext.Current.CancellationToken));

        mark.Put();
        Assert.True(await new WatchMark(_machine.Agent).IsLeftAsync(TestContext.Current.CancellationToken));

        mark.Remove();
        Assert.False(await new WatchMark(_machine.Agent).IsLeftAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_plan_that_this_machine_was_not_made_from_or_a_new_boot_or_agent_wants_the_steps()
    {
        await _machine.ApplyAsync();
        new WatchMark(_machine.Agent).Put();
        Assert.True(await new WatchMark(_machine.Agent).IsLeftAsync(TestContext.Current.CancellationToken));

        // Edited while the steps ran, or since.
        var made = _machine.Root.Read(PlanFile.LastGood);
        _machine.Root.Write(PlanFile.LastGood, made!.Replace("4000", "3999", StringComparison.Ordinal));
        Assert.False(await new WatchMark(_machine.Agent).IsLeftAsync(TestContext.Current.CancellationToken));
        _machine.Root.Write(PlanFile.LastGood, made);

        _machine.Root.Write(WatchMark.File, "0.0.9");
        Assert.False(await new WatchMark(_machine.Agent).IsLeftAsync(TestContext.Current.CancellationToken));
        new WatchMark(_machine.Agent).Put();

        _machine.Root.Delete(BootReport.ReadyFile);
        Assert.False(await new WatchMark(_machine.Agent).IsLeftAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_person_who_restarts_it_in_the_moment_after_the_kill_gets_the_steps()
    {
        await _machine.ApplyAsync();
        new WatchMark(_machine.Agent).Put();
        await _machine.Systemd.RestartAsync(NodeUnits.Agent, TestContext.Current.CancellationToken);

        Assert.False(await new WatchMark(_machine.Agent).IsLeftAsync(TestContext.Current.CancellationToken));
    }
}
