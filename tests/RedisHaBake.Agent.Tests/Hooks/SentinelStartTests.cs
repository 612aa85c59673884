using RedisHaBake.Agent.Hooks;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Hooks;

/// <summary>Whose state Sentinel starts on.</summary>
public sealed class SentinelStartTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Its_own_state_stays_as_it_left_it()
    {
        await StartAsync();
        var state = Text() + "sentinel monitor tutorial 10.10.90.227 6379 2\n";
        _machine.Root.Write(_machine.Agent.Layout.SentinelConfig, state);
        await StartAsync();
        Assert.Equal(state, Text());
        Assert.Empty(_machine.Journal.Lines);
    }

    [Fact]
    public async Task That_of_an_address_which_the_machine_no_longer_has_is_not_started_on()
    {
        await StartAsync();
        var own = _machine.Plan.Self.Address;
        _machine.Root.Write(_machine.Agent.Layout.SentinelConfig, Text().Replace(own, "127.0.9.9", StringComparison.Ordinal) + "sentinel monitor tutorial 127.0.9.9 6379 2\n");
        await StartAsync();
        Assert.Equal(SentinelConf.Render(_machine.Plan, _machine.Agent.Host), Text());
        Assert.Contains($"this machine was at 127.0.9.9 and is at {own} now: its Sentinel begins anew", _machine.Journal.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_on_its_state_where_another_program_of_the_machine_is_broken()
    {
        await StartAsync();
        var broken = new AgentContext(_machine.Root, _machine.Plan, () => throw new MachineException("/usr/sbin/haproxy cannot be run"), _machine.Journal, _machine.Systemd, _machine.Clock);
        Assert.Equal(0, await HookCommand.RunAsync(broken, "sentinel-start", TestContext.Current.CancellationToken));
    }

    private string Text() => _machine.Root.Read(_machine.Agent.Layout.SentinelConfig)!;

    private Task<int> StartAsync() => HookCommand.RunAsync(_machine.Agent, "sentinel-start", TestContext.Current.CancellationToken);
}
