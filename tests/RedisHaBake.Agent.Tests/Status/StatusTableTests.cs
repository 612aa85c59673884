using RedisHaBake.Agent.Status;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Status;

/// <summary>The lines that <c>status</c> prints.</summary>
public sealed class StatusTableTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_HAProxy_that_does_not_answer_is_said_to()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Units[UnitDropIns.HaproxyUnit].Active = false;
        var lines = StatusTable.Lines(await new StatusReader(_machine.Agent).ReadAsync(TestContext.Current.CancellationToken));
        Assert.Contains("HAProxy    here: not answering, no client is served by this node", lines);
    }

    [Fact]
    public async Task That_systemd_does_not_answer_is_said_once_for_all_services()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Refuses = "the system bus does not answer (Connection refused)";
        var services = StatusTable.Lines(await new StatusReader(_machine.Agent).ReadAsync(TestContext.Current.CancellationToken)).Single(l => l.StartsWith("services", StringComparison.Ordinal));
        Assert.EndsWith("redishabake-agent.service unknown: the system bus does not answer (Connection refused)", services, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(services, "the system bus"));
    }

    [Fact]
    public async Task A_systemd_that_does_not_answer_leaves_a_status_where_the_others_install_through_this_node()
    {
        using var machine = new FakeMachine(p => p with { Schema = NodePlan.EgressSchema, Egress = new(p.Node, 3128) });
        machine.Systemd.Refuses = "the system bus does not answer (Connection refused)";
        var report = await new StatusReader(machine.Agent).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Null(report.LetsOut);
        Assert.Contains(StatusTable.Lines(report), l => l.Contains("the system bus does not answer", StringComparison.Ordinal));
    }
}
