using RedisHaBake.Agent.Hooks;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Hooks;

/// <summary>A server that cannot start must not be started twice a second for ever; one that was killed must be back at once.</summary>
public sealed class QuickStartsTests : IDisposable
{
    private readonly FakeMachine _machine = new();
    private readonly JumpingClock _clock = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task One_that_ends_again_and_again_waits_longer_and_longer_and_the_first_starts_never()
    {
        List<int> waits = [await StartAsync(restarts: 0)];
        for (var n = 1; n < 13; n++)
            waits.Add(await StartAsync(n));
        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30], waits);
        Assert.Contains(
            "redis-server.service ended 5 times in a row within 10 s of its start; the next start waits 1 s; what it said last: "
            + "journalctl -u redis-server.service -n 20; when the cause is gone: systemctl restart redis-server.service",
            _machine.Journal.Lines[0], StringComparison.Ordinal);
        // A person's restart is never held up, and begins the count anew.
        Assert.Equal(0, await StartAsync(restarts: 0));
        Assert.Equal(0, await StartAsync(restarts: 1));
    }

    [Fact]
    public async Task One_that_ran_for_a_while_is_back_at_once_however_often_that_was()
    {
        for (var n = 1; n < 20; n++)
        {
            Assert.Equal(0, await StartAsync(n));
            _clock.Jump(TimeSpan.FromSeconds(11));
        }
    }

    [Fact]
    public async Task A_full_run_holds_up_no_start()
    {
        Directory.CreateDirectory(_machine.Root.At("/run"));
        File.WriteAllText(_machine.Root.At("/run/redishabake"), "");
        for (var n = 0; n < 8; n++)
            Assert.Equal(0, await StartAsync(n));
    }

    [Fact]
    public async Task Sentinel_waits_as_well_and_each_by_its_own_count()
    {
        for (var n = 0; n < 6; n++)
            await StartAsync(n);
        for (var n = 0; n < 5; n++)
            Assert.Equal(0, await StartAsync(n, "redis-sentinel.service"));
        Assert.Equal(1, await StartAsync(5, "redis-sentinel.service"));
        Assert.Equal(2, await StartAsync(6));
    }

    private async Task<int> StartAsync(int restarts, string unit = "redis-server.service")
    {
        _machine.Systemd.Units[unit].Restarts = restarts;
        var agent = new AgentContext(
            _machine.Root, _machine.Plan, () => SamplePlan.Host(_machine.Plan.Self.Address), _machine.Journal, _machine.Systemd, _clock);
        var before = _clock.GetUtcNow();
        await new QuickStarts(agent, unit).WaitAsync(TestContext.Current.CancellationToken);
        return (int)(_clock.GetUtcNow() - before).TotalSeconds;
    }
}
