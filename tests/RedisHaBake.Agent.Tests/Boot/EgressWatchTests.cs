using System.Net;
using System.Net.Sockets;
using RedisHaBake.Agent.Watch;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>The way out through a node is there while another installs, and not longer.</summary>
public sealed class EgressWatchTests : IDisposable
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.3.17");
    private readonly HandClock _clock = new();
    private readonly int _port;
    private TcpListener _other = new(Address, 0);
    private readonly FakeMachine _machine;
    private readonly FakeUnit _unit = new() { Active = true, Enabled = true };
    private readonly EgressWatch _watch;

    public EgressWatchTests()
    {
        _other.Start();
        _port = ((IPEndPoint)_other.LocalEndpoint).Port;
        _machine = new(p => p with
        {
            Schema = NodePlan.EgressSchema,
            Egress = new("redis-a", 3128),
            Nodes = [p.Self, new("proxy", "127.0.3.17", [NodeRole.Haproxy])],
            Ports = p.Ports with { Write = _port },
        });
        _machine.Systemd.Units[EgressProxy.Unit] = _unit;
        _watch = new(new(_machine.Root, _machine.Plan, () => SamplePlan.Host(), _machine.Journal, _machine.Systemd, _clock));
    }

    public void Dispose()
    {
        _machine.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task It_closes_once_every_other_node_runs_what_it_installed_and_opens_for_one_that_is_made_anew()
    {
        _other.Stop();
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(_unit is { Active: true, Enabled: true });

        _other = new(Address, _port);
        _other.Start();
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(_unit is { Active: false, Enabled: false });

        _other.Stop();
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.False(_unit.Active);
        _clock.Now += EgressWatch.Patience;
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(_unit is { Active: true, Enabled: true });

        Assert.Equal(
            [
                "every other node has installed what it needs: the way out through this node is closed (redishabake-egress.service)",
                "proxy did not answer for 30 s and may be created anew: the way out through this node is open (redishabake-egress.service)",
            ],
            _machine.Journal.Lines);
    }

    [Fact]
    public async Task What_a_person_opened_stays_open()
    {
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.False(_unit.Active);
        _unit.Active = true;
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(_unit.Active);
    }

    [Fact]
    public async Task What_a_person_opened_stays_open_when_the_agent_starts_anew_and_when_a_node_goes_and_comes_back()
    {
        (_unit.Active, _unit.Enabled) = (true, false);
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(_unit.Active);

        _other.Stop();
        _clock.Now += EgressWatch.Patience;
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        _other = new(Address, _port);
        _other.Start();
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(_unit is { Active: true, Enabled: false });
    }

    [Fact]
    public async Task It_opens_again_where_it_was_closed_before_this_process_and_a_node_is_gone()
    {
        _unit.Active = false;
        _other.Stop();
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.False(_unit.Active);
        _clock.Now += EgressWatch.Patience;
        await _watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(_unit.Active);
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
