using RedisHaBake.Agent.Meeting;
using RedisHaBake.Agent.Tests.Join;

namespace RedisHaBake.Agent.Tests.Meeting;

/// <summary>When a person's word that a VM was created anew is not taken.</summary>
public sealed class ReplaceRefusalTests
{
    [Fact]
    public void It_is_taken_where_the_old_machine_is_gone_and_another_node_is_master() => Assert.Null(Refusal("redis-a", Gone()));

    [Theory]
    [InlineData("redis-z", "redis-z is no node of cluster tutorial; expected one of redis-a, redis-b, redis-c")]
    [InlineData("redis-b", "redis-b is this node, and it is here")]
    public void It_is_not_for_this_node_nor_for_one_that_is_none(string node, string said) => Assert.Equal(said, Refusal(node, Gone()));

    [Fact]
    public void It_is_not_taken_while_the_old_machine_lives_for_anybody()
    {
        Assert.Equal(
            "redis-a is here: its agent at 10.10.90.37 is connected; expected that machine to be gone: delete that VM, or leave it as it is",
            Refusal("redis-a", Gone(), State() with { Seen = new Dictionary<string, string> { ["redis-a"] = Facts.AddressOf("redis-a") } }));
        Assert.Equal(
            "the Sentinel of redis-c reaches redis-a at 10.10.90.37; expected that machine to be gone; if it just went, wait 3 s",
            Refusal("redis-a", Gone().Lists("redis-c", "redis-a")));
        Assert.Null(Refusal("redis-a", Gone().Lists("redis-c", "redis-a", r => r with { Down = true })));
    }

    [Fact]
    public void It_is_not_taken_where_this_node_may_be_the_one_that_is_cut_off()
        => Assert.Equal(
            "only 1 of 3 Sentinels answer, 2 are needed: this node may be the one that is cut off",
            Refusal("redis-a", Gone().SentinelDown("redis-c")));

    [Fact]
    public void It_is_not_taken_while_the_node_is_named_master()
        => Assert.Equal(
            "the Sentinels still name redis-a as master; wait for the failover and say it again; if there is none: redishabake-agent status says what to do",
            Refusal("redis-a", Gone().Names("redis-a", 4, "redis-b", "redis-c")));

    [Fact]
    public void It_is_not_taken_while_several_machines_say_that_they_are_the_node()
        => Assert.Equal(
            "several machines say that they are redis-a, at 10.10.90.8 and 10.10.90.9; expected one; delete those that are not wanted",
            Refusal("redis-a", Gone(), State() with { Claims = new Dictionary<string, IReadOnlyList<string>> { ["redis-a"] = ["10.10.90.8", "10.10.90.9"] } }));

    [Theory]
    [InlineData("10.10.90.92", "none", null)]
    [InlineData("none", "none", null)]
    [InlineData("10.10.90", "none", "the write address is \"10.10.90\"; expected an IPv4 address, or none")]
    [InlineData("10.10.91.92", "none", "the write address 10.10.91.92 is outside 10.10.90.0/24; expected an address inside 10.10.90.0/24; write the private IP that was acquired for it")]
    [InlineData("none", "10.10.90.255", "the read address 10.10.90.255 is the network's broadcast address; expected an address inside 10.10.90.0/24; write the private IP that was acquired for it")]
    [InlineData("10.10.90.0", "none", "the write address 10.10.90.0 is the network's own address; expected an address inside 10.10.90.0/24; write the private IP that was acquired for it")]
    [InlineData("10.10.90.227", "none", "the write address 10.10.90.227 is the address of redis-b; expected an extra private address that no node has as its own; acquire a new private IP in the portal")]
    [InlineData("10.10.90.92", "10.10.90.92", "the read address is the write address, 10.10.90.92; expected another address than the write address; acquire a second private IP in the portal")]
    public void Extra_addresses_go_by_the_generators_rules(string write, string read, string? said)
        => Assert.Equal(said, ExtraAddressRules.Refusal(new Facts().Make().Plan, write, read));

    private static MeetingState State() => new("", [], new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, string>(), new Dictionary<string, long>());

    private static Facts Gone() => new Facts("redis-b").Down("redis-a", 9999).Master("redis-b").Replica("redis-c", of: "redis-b").Names("redis-b", 4, "redis-b", "redis-c").SentinelDown("redis-a");

    private static string? Refusal(string node, Facts facts, MeetingState? state = null)
        => ReplaceCommand.Refusal(FakeMachines.Pasted("redis-b"), facts.Make(), state ?? State(), node);
}
