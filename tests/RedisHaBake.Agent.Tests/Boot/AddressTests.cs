using RedisHaBake.Agent.Addresses;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>The write and the read address: pinned ones come, stay and go; floating ones are really moved, once.</summary>
public sealed class AddressTests : IDisposable
{
    private const string DropIn = "/etc/systemd/network/10-netplan-eth0.network.d/redishabake.conf";
    private static readonly InterfaceAddress _own = new("eth0", "127.0.2.11", 8);
    private static readonly InterfaceAddress _pinned = new("eth0", "127.0.2.10", 32);

    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_pinned_address_is_added_beside_the_nodes_own()
    {
        using var machine = Pinned();

        await machine.ApplyAsync();

        Assert.Equal([_own, _pinned], machine.Programs.Addresses);
        Assert.DoesNotContain("start keepalived.service", machine.Systemd.Changes);
        Assert.False(machine.Root.Exists(DropIn));
        Assert.Empty(await machine.PlanAsync());
    }

    [Fact]
    public async Task Where_networkd_has_the_interface_it_keeps_the_pinned_address_over_reboots()
    {
        using var machine = Pinned("/run/systemd/network/10-netplan-eth0.network");

        await machine.ApplyAsync();

        Assert.Equal([_own, _pinned], machine.Programs.Addresses);
        Assert.Contains("[Network]\nAddress=127.0.2.10/32\n", machine.Root.Read(DropIn));
        Assert.DoesNotContain(machine.Programs.Runs, r => r.Contains("reload", StringComparison.Ordinal));
        Assert.Empty(await machine.PlanAsync());
    }

    [Fact]
    public async Task A_renamed_network_file_takes_the_drop_in_with_it()
    {
        using var machine = Pinned("/run/systemd/network/10-netplan-eth0.network");
        await machine.ApplyAsync();
        machine.Programs.NetworkFile = "/etc/systemd/network/20-lan.network";

        await machine.ApplyAsync();

        Assert.False(machine.Root.Exists(DropIn));
        Assert.True(machine.Root.Exists("/etc/systemd/network/20-lan.network.d/redishabake.conf"));
        Assert.Equal([_own, _pinned], machine.Programs.Addresses);
    }

    [Fact]
    public async Task An_address_that_the_operators_own_configuration_holds_stays_theirs()
    {
        using var machine = Pinned("/run/systemd/network/10-netplan-eth0.network");
        machine.Programs.Addresses.Add(new("eth0", "127.0.2.10", 24));
        await machine.ApplyAsync();
        Assert.False(machine.Root.Exists(DropIn));

        machine.Plan = machine.Plan with { Addresses = new(AddressMode.None, Words.None, Words.None, Words.None) };
        await machine.ApplyAsync();

        Assert.Equal([_own, new("eth0", "127.0.2.10", 24)], machine.Programs.Addresses);
    }

    [Fact]
    public async Task It_goes_when_the_plan_no_longer_has_it_wherever_that_is_interrupted()
    {
        for (var moment = 1; ; moment++)
        {
            using var machine = Pinned("/run/systemd/network/10-netplan-eth0.network");
            await machine.ApplyAsync();
            machine.Plan = machine.Plan with { Addresses = machine.Plan.Addresses with { PinnedTo = "redis-b" } };
            machine.Cut.After(moment);
            var ended = false;
            try
            {
                await machine.ApplyAsync();
                ended = true;
            }
            catch (PowerCutException)
            {
                machine.Cut.Never();
                await machine.ApplyAsync();
            }

            Assert.Equal([_own], machine.Programs.Addresses);
            Assert.False(machine.Root.Exists(DropIn));
            Assert.False(machine.Root.Exists(PinnedRecord.File));
            if (ended)
                return;
        }
    }

    [Fact]
    public async Task The_node_that_bootstraps_moves_the_floating_address_once()
    {
        await _machine.ApplyAsync();

        Assert.True(_machine.AddressElsewhere);
        Assert.Contains("127.0.2.10 moved to another proxy and served there", _machine.Journal.Story);
        Assert.Null(TrialRecord.Problem(_machine.Root));
        Assert.Equal(1, _machine.Systemd.Changes.Count(c => c == "stop keepalived.service"));

        // A later boot looks and moves nothing.
        _machine.Root.Delete(BootReport.ReadyFile);
        await _machine.ApplyAsync();
        Assert.Equal(1, _machine.Systemd.Changes.Count(c => c == "stop keepalived.service"));
    }

    [Fact]
    public async Task An_address_that_another_proxy_has_is_taken_and_given_up_again()
    {
        _machine.AddressElsewhere = true;

        await _machine.ApplyAsync();

        Assert.True(_machine.AddressElsewhere);
        Assert.Contains("moved to another proxy", _machine.Journal.Story);
        Assert.Equal(KeepalivedConf.Render(_machine.Plan, _machine.Agent.Host), _machine.Root.Read(KeepalivedConf.Path));
        Assert.Empty(await _machine.PlanAsync());
    }

    [Fact]
    public async Task An_address_that_does_not_move_is_said_at_every_boot_with_what_to_choose_instead()
    {
        _machine.AddressMoves = false;

        await _machine.ApplyAsync();

        var said = Assert.Single(BootReport.Read(_machine.Root, BootReport.ReadyFile)!.Degraded);
        Assert.StartsWith("127.0.2.10 did not move: redis-a gave it up, and another proxy did not serve by it (expected a write through 127.0.2.10", said);
        Assert.Contains("`mode: pinned`", said);
        Assert.True(_machine.Systemd.Units[UnitDropIns.KeepalivedUnit].Active);

        _machine.Root.Delete(BootReport.ReadyFile);
        await _machine.ApplyAsync();
        Assert.Equal([said], BootReport.Read(_machine.Root, BootReport.ReadyFile)!.Degraded);

        // The provider was told, and a person says so.
        _machine.AddressMoves = true;
        var output = new StringWriter();
        Assert.Equal(ExitCode.Good, await VerifyCommand.RunAsync(_machine.Agent, moveAddresses: true, json: false, output, CancellationToken.None));
        Assert.Contains("moved to another proxy", output.ToString());
        Assert.Empty(BootReport.Read(_machine.Root, BootReport.ReadyFile)!.Degraded);
    }

    [Fact]
    public async Task Two_proxies_that_do_not_hear_each_other_are_found_out()
    {
        _machine.VrrpPasses = false;

        await _machine.ApplyAsync();

        var said = Assert.Single(BootReport.Read(_machine.Root, BootReport.ReadyFile)!.Degraded);
        Assert.StartsWith("two proxies hold 127.0.2.10 at a time", said);
        Assert.Contains("IP protocol 112", said);
    }

    private static FakeMachine Pinned(string networkFile = "")
    {
        var machine = new FakeMachine(p => p with { Addresses = p.Addresses with { Mode = AddressMode.Pinned, PinnedTo = "redis-a" } });
        machine.Programs.Addresses.Add(_own);
        machine.Programs.NetworkFile = networkFile;
        if (networkFile.Length > 0)
            machine.Root.Write("/usr/bin/networkctl", "");
        return machine;
    }
}
