using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Status;
using RedisHaBake.Agent.Tests.Boot;
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

    private Task<StatusReport> StatusAsync() => new StatusReader(_machine.Agent).ReadAsync(CancellationToken.None);
}
