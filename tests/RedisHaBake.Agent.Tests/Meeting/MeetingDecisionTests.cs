using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Tests.Meeting;

/// <summary>Who is where, learned among machines that are created in whatever order, twice, anew, and by mistake.</summary>
public sealed class MeetingDecisionTests
{
    private readonly FakeMachines _portal = new();

    [Theory]
    [InlineData("redis-a", "redis-b", "redis-c")]
    [InlineData("redis-a", "redis-c", "redis-b")]
    [InlineData("redis-b", "redis-a", "redis-c")]
    [InlineData("redis-b", "redis-c", "redis-a")]
    [InlineData("redis-c", "redis-a", "redis-b")]
    [InlineData("redis-c", "redis-b", "redis-a")]
    public void In_any_order_each_learns_all_when_each_later_text_knows_one_earlier_machine(params string[] order)
    {
        var first = _portal.Create(order[0], "10.10.90.11");
        _portal.Look();
        Assert.False(first.TakesPart);
        var second = _portal.Create(order[1], "10.10.90.12", (order[0], "10.10.90.11"));
        _portal.Look();
        Assert.True(first.TakesPart && second.TakesPart);
        var third = _portal.Create(order[2], "10.10.90.13", (order[1], "10.10.90.12"));
        _portal.Look();
        Assert.All([first, second, third], m =>
        {
            Assert.True(m.TakesPart);
            Assert.Empty(m.Last.Problems);
            Assert.Equal(("10.10.90.11", "10.10.90.12", "10.10.90.13"), (m.Of(order[0]), m.Of(order[1]), m.Of(order[2])));
        });
    }

    [Fact]
    public void Of_a_text_that_was_pasted_twice_the_first_machine_takes_part_and_the_second_waits()
    {
        var (a, b, c) = Three();
        var twin = _portal.Create("redis-b", "10.10.90.99", ("redis-a", a.Address));
        _portal.Look();
        Assert.False(twin.TakesPart);
        Assert.True(b.TakesPart);
        Assert.Equal((b.Address, b.Address), (a.Of("redis-b"), c.Of("redis-b")));
        Assert.Equal(("redis-a", b.Address), twin.Last.Contradicted);
        Assert.Contains(
            "a machine at 10.10.90.99 says that it is redis-b, which is known at 10.10.90.12; if the VM was created anew, say so: redishabake-agent replace redis-b; if this text was pasted into two VMs, delete one",
            a.Last.Problems);
        Assert.Equal(["10.10.90.99"], a.Last.Claims["redis-b"]);
        Assert.Contains("another machine, at 10.10.90.99, says that it is redis-b too; this one is at 10.10.90.12: expected one machine with this text; delete the one that is not wanted", b.Last.Problems);

        twin.IsOn = false;
        _portal.Look();
        Assert.All([a, b, c], m => Assert.Empty(m.Last.Problems));
    }

    [Fact]
    public void Two_machines_of_one_text_that_come_at_once_are_both_refused_until_one_is_gone()
    {
        var a = _portal.Create("redis-a", "10.10.90.11");
        var one = _portal.Create("redis-b", "10.10.90.12", ("redis-a", "10.10.90.11"));
        var two = _portal.Create("redis-b", "10.10.90.13", ("redis-a", "10.10.90.11"));
        _portal.Look();
        Assert.Null(a.Of("redis-b"));
        Assert.False(one.TakesPart || two.TakesPart);
        Assert.Equal(["two machines say that they are redis-b, at 10.10.90.12 and 10.10.90.13; expected one: its text was pasted twice; delete the one that is not wanted"], a.Last.Problems);
        two.IsOn = false;
        _portal.Look();
        Assert.True(one.TakesPart);
    }

    [Theory]
    [InlineData("10.10.91.12", "a machine at 10.10.91.12 says that it is redis-b; expected an address inside 10.10.90.0/24 that is neither the write nor the read address")]
    [InlineData("10.10.90.11", "a machine at 10.10.90.11 says that it is redis-b; expected another address: redis-a has that one")]
    public void An_impossible_address_is_refused_and_said(string address, string said)
    {
        var a = Alone();
        var before = a.Known;
        a.Look([new(a.Card, a.Address, true), new(Card("redis-b"), address, false)]);
        Assert.Equal([said], a.Last.Problems);
        Assert.True(before.Says(a.Known));
    }

    [Fact]
    public void A_name_that_the_spec_does_not_have_is_refused_and_said()
    {
        var a = Alone();
        a.Look([new(Card("redis-z"), "10.10.90.40", true)]);
        Assert.Equal(["a machine at 10.10.90.40 says that it is redis-z, which is no node of cluster tutorial; expected one of redis-a, redis-b, redis-c; its text may be of another spec"], a.Last.Problems);
        Assert.Null(a.Of("redis-z"));
    }

    [Fact]
    public void Who_did_not_log_in_as_an_agent_is_believed_about_nobody_else()
    {
        var a = Alone();
        var lies = Card("redis-b") with
        {
            Nodes = new Dictionary<string, Member> { ["redis-c"] = new("10.10.90.66", 9), ["redis-a"] = new("10.10.90.67", 9) },
            Extra = new("10.10.90.68", Words.None, 9),
        };
        a.Look([new(lies, "10.10.90.12", Trusted: false)]);
        Assert.Equal(("10.10.90.12", null, Words.None), (a.Of("redis-b"), a.Of("redis-c"), a.Known.ExtraOver(a.Pasted).Write));
        Assert.False(a.Last.IsReplaced || a.TakesPart);
    }

    [Theory]
    [InlineData("redis-a")]
    [InlineData("redis-b")]
    [InlineData("redis-c")]
    public void A_machine_created_anew_is_taken_at_a_persons_word_and_the_old_one_ends_if_it_comes_back(string died)
    {
        var (a, b, c) = Three();
        FakeMachines.Machine[] all = [a, b, c];
        var old = all.First(m => m.Pasted.Node == died);
        var living = all.Where(m => m != old).ToList();
        old.IsOn = false;
        var anew = _portal.Create(died, "10.10.90.77", (living[0].Pasted.Node, living[0].Address));
        _portal.Look();
        Assert.False(anew.TakesPart);
        Assert.Equal(["10.10.90.77"], living[1].Last.Claims.GetValueOrDefault(died) ?? living[0].Last.Claims[died]);

        living[1].Replace(died, "10.10.90.77", 1_700_000_000_000);
        _portal.Look();
        Assert.True(anew.TakesPart);
        Assert.All([.. living, anew], m =>
        {
            Assert.Empty(m.Last.Problems);
            Assert.Equal("10.10.90.77", m.Of(died));
        });
        Assert.Equal(living[1].Address, anew.Of(living[1].Pasted.Node));

        old.IsOn = true;
        _portal.Look();
        Assert.True(old.Last.IsReplaced);
        Assert.False(old.TakesPart);
        Assert.True(anew.TakesPart);
        Assert.All(living, m => Assert.Equal("10.10.90.77", m.Of(died)));
    }

    [Fact]
    public void A_machine_whose_address_changed_waits_for_a_persons_word_and_is_not_taken_for_one_that_was_replaced()
    {
        var (a, b, _) = Three();
        b.IsOn = false;
        a.Replace("redis-b", "10.10.90.77", 1_700_000_000_000);
        var anew = _portal.Create("redis-b", "10.10.90.77", ("redis-a", a.Address));
        _portal.Look();
        Assert.True(anew.TakesPart);

        anew.IsOn = false;
        var moved = _portal.Create("redis-b", "10.10.90.78");
        moved.Known = anew.Known;
        _portal.Look();
        Assert.False(moved.Last.IsReplaced || moved.TakesPart);
        Assert.Equal(("redis-a", "10.10.90.77"), moved.Last.Contradicted);
        a.Replace("redis-b", "10.10.90.78", 1_700_000_000_001);
        _portal.Look();
        Assert.True(moved.TakesPart);
    }

    [Fact]
    public void A_node_that_was_forgotten_is_learned_anew_when_it_comes()
    {
        var (a, b, c) = Three();
        b.IsOn = false;
        a.Replace("redis-b", Words.Auto, 1_700_000_000_000);
        _portal.Look();
        Assert.Null(c.Of("redis-b"));
        var anew = _portal.Create("redis-b", "10.10.90.77", ("redis-c", c.Address));
        _portal.Look();
        Assert.True(anew.TakesPart);
        Assert.Equal(("10.10.90.77", "10.10.90.77"), (a.Of("redis-b"), c.Of("redis-b")));
    }

    [Fact]
    public void What_a_node_brings_back_from_a_backup_takes_nothing_from_the_others()
    {
        var (a, b, c) = Three();
        c.Known = c.Known.With("redis-b", new("10.10.90.50", 0));
        _portal.Look();
        Assert.True(b.TakesPart && a.TakesPart);
        Assert.Equal(b.Address, a.Of("redis-b"));
        Assert.Contains(c.Last.Problems, p => p.Contains("redis-b, which is known at 10.10.90.50"));
    }

    [Fact]
    public void The_extra_addresses_are_said_once_on_any_node_and_reach_those_that_are_away_when_they_are_back()
    {
        var (a, b, c) = Three();
        c.IsOn = false;
        b.Known = b.Known with { Extra = new("10.10.90.92", "10.10.90.50", 5) };
        _portal.Look();
        Assert.Equal("10.10.90.92", a.Known.Over(a.Pasted).Addresses.Write);
        Assert.Equal(Words.None, c.Known.Over(c.Pasted).Addresses.Write);
        c.IsOn = true;
        a.Known = a.Known with { Extra = new(Words.None, "10.10.90.50", 6) };
        _portal.Look();
        Assert.All([a, b, c], m => Assert.Equal((Words.None, "10.10.90.50"), (m.Known.Over(m.Pasted).Addresses.Write, m.Known.Over(m.Pasted).Addresses.Read)));
    }

    [Fact]
    public void Of_two_words_said_at_the_same_time_on_two_nodes_everybody_takes_the_same()
    {
        var (a, b, c) = Three();
        a.Known = a.Known with { Extra = new("10.10.90.92", Words.None, 5) };
        b.Known = b.Known with { Extra = new("10.10.90.93", Words.None, 5) };
        _portal.Look();
        Assert.All([a, b, c], m => Assert.Equal("10.10.90.93", m.Known.Over(m.Pasted).Addresses.Write));
    }

    [Fact]
    public void A_write_address_of_a_later_text_is_everybodys_and_two_different_ones_are_said()
    {
        var plan = FakeMachines.Pasted("redis-a");
        var decision = new MeetingDecision(plan, "10.10.90.11");
        var first = decision.Decide(Membership.Empty(plan), [new(Card("redis-b") with { Extra = new("10.10.90.92", Words.None, 0) }, "10.10.90.12", true)]);
        Assert.Equal("10.10.90.92", first.Membership.ExtraOver(plan).Write);
        var second = decision.Decide(first.Membership, [new(Card("redis-c") with { Extra = new("10.10.90.93", Words.None, 0) }, "10.10.90.13", true)]);
        Assert.Equal("10.10.90.92", second.Membership.ExtraOver(plan).Write);
        Assert.Equal(["the write address is 10.10.90.92 here and 10.10.90.93 on redis-c: their texts differ; say which with `redishabake-agent addresses --write ADDRESS`"], second.Problems);
    }

    [Fact]
    public void A_machine_created_anew_carries_no_extra_address_before_every_other_one_is_ready_for_it()
    {
        var (a, b, c) = Three();
        a.Known = a.Known with { Extra = new("10.10.90.92", Words.None, 5) };
        _portal.Look();
        b.IsOn = false;
        a.Replace("redis-b", "10.10.90.77", 1_700_000_000_000);
        c.IsBusy = true;
        var anew = _portal.Create("redis-b", "10.10.90.77", ("redis-a", a.Address));
        _portal.Look();
        Assert.True(anew.TakesPart);
        Assert.False(anew.Known.Over(anew.Pasted).Addresses.HasWrite);
        Assert.True(c.Known.Over(c.Pasted).Addresses.HasWrite);
        c.IsBusy = false;
        _portal.Look();
        Assert.Equal("10.10.90.92", anew.Known.Over(anew.Pasted).Addresses.Write);
    }

    [Fact]
    public void A_machine_that_nobody_knows_yet_has_no_extra_addresses()
    {
        var pasted = FakeMachines.Pasted("redis-a") with { Addresses = new(AddressMode.Floating, "10.10.90.92", Words.None, Words.None) };
        var known = Membership.Empty(pasted);
        Assert.False(known.Over(pasted).Addresses.HasWrite);
        Assert.Equal("10.10.90.92", (known with { Accepted = "10.10.90.11", Carries = true }).Over(pasted).Addresses.Write);
    }

    private static CallingCard Card(string node) => new(node, CallingCard.Alone, new Dictionary<string, Member>(), new(Words.None, Words.None, 0));

    private FakeMachines.Machine Alone()
    {
        var a = _portal.Create("redis-a", "10.10.90.11");
        _portal.Look();
        return a;
    }

    private (FakeMachines.Machine A, FakeMachines.Machine B, FakeMachines.Machine C) Three()
    {
        var a = _portal.Create("redis-a", "10.10.90.11");
        var b = _portal.Create("redis-b", "10.10.90.12", ("redis-a", "10.10.90.11"));
        var c = _portal.Create("redis-c", "10.10.90.13", ("redis-a", "10.10.90.11"));
        _portal.Look();
        Assert.True(a.TakesPart && b.TakesPart && c.TakesPart);
        return (a, b, c);
    }
}
