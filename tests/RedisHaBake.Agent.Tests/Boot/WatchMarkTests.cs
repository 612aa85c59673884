using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>Who may go on watching without going through the steps: only what was killed while it watched, by the plan that it watched by.</summary>
public sealed class WatchMarkTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_watch_that_was_killed_leaves_it_and_one_that_was_stopped_does_not()
    {
        await _machine.ApplyAsync();
        var mark = new WatchMark(_machine.Agent);
        Assert.False(mark.IsLeft);

        mark.Put();
        Assert.True(new WatchMark(_machine.Agent).IsLeft);

        mark.Remove();
        Assert.False(new WatchMark(_machine.Agent).IsLeft);
    }

    [Fact]
    public async Task A_plan_that_this_machine_was_not_made_from_or_a_new_boot_or_agent_wants_the_steps()
    {
        await _machine.ApplyAsync();
        new WatchMark(_machine.Agent).Put();
        Assert.True(new WatchMark(_machine.Agent).IsLeft);

        // Edited while the steps ran, or since.
        var made = _machine.Root.Read(PlanFile.LastGood);
        _machine.Root.Write(PlanFile.LastGood, made!.Replace("4000", "3999", StringComparison.Ordinal));
        Assert.False(new WatchMark(_machine.Agent).IsLeft);
        _machine.Root.Write(PlanFile.LastGood, made);

        _machine.Root.Write(WatchMark.File, "0.0.9");
        Assert.False(new WatchMark(_machine.Agent).IsLeft);
        new WatchMark(_machine.Agent).Put();

        _machine.Root.Delete(BootReport.ReadyFile);
        Assert.False(new WatchMark(_machine.Agent).IsLeft);
    }
}
