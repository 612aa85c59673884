using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Tests.Meeting;

/// <summary>What a person reads on console, motd and in `status` while a node is not known to the others.</summary>
public sealed class MeetingWordsTests
{
    private static readonly NodePlan Pasted = FakeMachines.Pasted("redis-b") with { Known = new Dictionary<string, string> { ["redis-a"] = "10.10.90.37" } };
    private static readonly MeetingOutcome Nothing = new(Membership.Empty(Pasted), [], new Dictionary<string, IReadOnlyList<string>>(), false, null);

    [Fact]
    public void The_first_node_says_its_address_and_how_the_next_texts_are_made()
        => Assert.Equal(
            "this is the first node: its address is 10.10.90.5; create the others from texts that say so: redishabake generate --known redis-b=10.10.90.5",
            Said(Nothing, []));

    [Fact]
    public void A_known_address_where_nobody_answers_is_said_with_the_reason()
        => Assert.Equal(
            "nobody is met yet: redis-a: 10.10.90.37:26379 did not accept a connection: no answer within 1 s; it is tried until one answers; if an address is wrong, create this VM anew from a text with the right one "
            + "(redishabake generate --known redis-a=ADDRESS)",
            Said(Nothing, new() { ["redis-a"] = "10.10.90.37:26379 did not accept a connection: no answer within 1 s", ["redis-b"] = "10.10.90.5:26379 did not accept a connection: Connection refused" }));

    [Fact]
    public void A_node_that_is_known_elsewhere_says_both_ways_out()
        => Assert.Equal(
            "redis-a knows redis-b at 10.10.90.6, and this machine has 10.10.90.5; if the VM was created anew, say so on redis-a: redishabake-agent replace redis-b; if this text was pasted into two VMs, delete this one",
            Said(Nothing with { Contradicted = ("redis-a", "10.10.90.6") }, []));

    [Fact]
    public void A_machine_that_was_replaced_says_that_it_may_be_deleted()
        => Assert.Equal(
            "this machine (10.10.90.5) was replaced: redis-b is at 10.10.90.6 by a person's word; nothing runs here any more; delete this VM",
            Said(Nothing with { IsReplaced = true, Membership = Membership.Empty(Pasted).With("redis-b", new("10.10.90.6", 4)) }, []));

    [Fact]
    public void A_known_node_waits_for_nothing() => Assert.Empty(Said(Nothing with { Membership = Membership.Empty(Pasted) with { Accepted = "10.10.90.5" } }, []));

    private static string Said(MeetingOutcome outcome, Dictionary<string, string> silent) => MeetingWords.Waiting(Pasted, "10.10.90.5", outcome, [], silent);
}
