using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Agent.Status;
using RedisHaBake.Agent.Tests.Boot;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Meeting;

/// <summary>One machine by what was learned: the extra addresses come and go with it, and the join waits until others know it.</summary>
public sealed class LateMachineTests
{
    private const string Write = "127.0.2.10";

    [Fact]
    public async Task Extra_addresses_that_come_later_bring_keepalived_and_take_it_away_when_they_go()
    {
        using var machine = Late();
        await machine.ApplyAsync();
        Assert.Contains(machine.Journal.Lines, l => l.Contains("is ready, no write address yet"));
        Assert.DoesNotContain("start keepalived.service", machine.Systemd.Changes);

        await LearnAsync(machine, Write);
        Assert.Contains(Write, machine.Root.Read(KeepalivedConf.Path));
        Assert.Contains($"bind {Write}:", machine.Root.Read(HaproxyCfg.Path));
        Assert.True(machine.Systemd.Units[UnitDropIns.KeepalivedUnit].Active);

        await LearnAsync(machine, Words.None);
        Assert.DoesNotContain($"bind {Write}:", machine.Root.Read(HaproxyCfg.Path));
        Assert.False(machine.Systemd.Units[UnitDropIns.KeepalivedUnit] is { Active: true } or { Enabled: true });
    }

    [Fact]
    public async Task Status_says_how_a_write_address_is_given_and_what_contradicts()
    {
        using var machine = Late();
        await machine.ApplyAsync();
        machine.Root.Write(
            MeetingState.File,
            new MeetingState("", ["a machine at 127.0.9.9 says that it is redis-b"], new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, string>(), new Dictionary<string, long>()).ToJson());
        var lines = StatusTable.Lines(await new StatusReader(machine.Agent).ReadAsync(TestContext.Current.CancellationToken)).ToList();
        Assert.Contains("write      no address yet: clients use the nodes' own; give one with `redishabake-agent addresses --write ADDRESS`", lines);
        Assert.Contains("  ! a machine at 127.0.9.9 says that it is redis-b", lines);
    }

    [Fact]
    public void The_join_waits_until_another_node_knows_this_one_and_never_again()
    {
        using var machine = Late();
        var plan = WithoutOwnAddress(machine.Plan);
        var agent = new AgentContext(machine.Root, plan, () => SamplePlan.Host("127.0.2.11"), machine.Journal, machine.Systemd, machine.Clock);
        agent.TakeOwnAddress("127.0.2.11");
        Assert.Equal("waiting until another node knows redis-a", JoinFence.Sentence(agent));
        (Membership.Empty(machine.Plan) with { Accepted = "127.0.2.11" }).Write(machine.Root);
        Assert.Null(JoinFence.Sentence(agent));
        (Membership.Empty(machine.Plan) with { Accepted = "127.0.2.12" }).Write(machine.Root);
        Assert.NotNull(JoinFence.Sentence(agent));
    }

    [Fact]
    public void What_was_learned_and_cannot_be_read_or_is_another_clusters_is_learned_again()
    {
        using var machine = Late();
        (Membership.Empty(machine.Plan).With("redis-b", new("127.0.2.12", 0)) with { Cluster = "another" }).Write(machine.Root);
        Assert.Empty(Membership.Read(machine.Root, machine.Plan).Nodes);
        machine.Root.Write(Membership.File, "{");
        Assert.Empty(Membership.Read(machine.Root, machine.Plan).Nodes);
    }

    [Fact]
    public void Its_own_address_stays_known_while_what_was_learned_is_taken()
    {
        using var machine = Late();
        var plan = WithoutOwnAddress(machine.Plan);
        var agent = new AgentContext(machine.Root, plan, () => SamplePlan.Host("127.0.2.11"), machine.Journal, machine.Systemd, machine.Clock);
        agent.TakeMembers();
        Assert.Equal(Words.Auto, agent.Plan.Self.Address);
        agent.TakeOwnAddress("127.0.2.11");
        (Membership.Empty(plan) with { Extra = new("127.0.2.92", Words.None, 5), Carries = true }).Write(machine.Root);

        agent.TakeMembers();

        Assert.Equal(("127.0.2.11", "127.0.2.92"), (agent.Plan.Self.Address, agent.Plan.Addresses.Write));
    }

    private static NodePlan WithoutOwnAddress(NodePlan plan)
        => plan with { Nodes = [.. plan.Nodes.Select(n => n.Name == plan.Node ? n with { Address = Words.Auto } : n)] };

    private static FakeMachine Late()
        => new(p => p with { Schema = NodePlan.LateSchema, Ports = p.Ports with { Read = p.Ports.Write }, Addresses = new(AddressMode.Floating, Words.None, Words.None, Words.None) });

    private static Task LearnAsync(FakeMachine machine, string write)
    {
        (Membership.Read(machine.Root, machine.Plan) with { Extra = new(write, Words.None, 5), Accepted = "127.0.2.11", Carries = true }).Write(machine.Root);
        machine.Agent.TakeMembers();
        return BootSequence.ApplyAsync(machine.Agent, again: true, TestContext.Current.CancellationToken);
    }
}
