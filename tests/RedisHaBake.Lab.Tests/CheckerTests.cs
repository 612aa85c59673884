using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Lab.Tests;

/// <summary>Forged histories: whatever goes wrong in a cluster, the checker must see it, and only that.</summary>
public class CheckerTests
{
    private const string Write = RecordingClient.WriteAddress;

    [Fact]
    public void A_quiet_run_has_nothing_to_report()
    {
        var history = History(10, Acks(Write, 0, 10, every: 0.1));
        var verdict = Checker.Check(history, Found(history));
        Assert.Equal(100, verdict.WriteAddress.Acked);
        Assert.Equal(0, verdict.WriteAddress.Lost);
        Assert.Equal(0, verdict.InventedCount);
        Assert.Equal(0, verdict.TwoNodesAckedSeconds);
        Assert.Equal(0.1, verdict.WriteAddress.LongestGapSeconds, 2);
    }

    [Fact]
    public void An_acked_write_that_is_gone_is_lost()
    {
        var history = History(10, Acks(Write, 0, 10, every: 0.1));
        var verdict = Checker.Check(history, Found(history, without: [history.Operations[41].Key, history.Operations[42].Key]));
        Assert.Equal(2, verdict.WriteAddress.Lost);
        Assert.Equal(2.0, verdict.WriteAddress.LostPercent, 3);
        Assert.Equal(history.Operations[41].Key, verdict.LostKeys[0]);
    }

    [Fact]
    public void A_write_without_an_answer_may_turn_up_or_not()
    {
        var history = History(1, [Op(Write, 0.1, Outcome.Unknown), Op(Write, 0.2, Outcome.Unknown), Op(Write, 0.3, Outcome.Ok)]);
        var verdict = Checker.Check(history, Found(history, without: [history.Operations[1].Key]));
        Assert.Equal((2, 1, 0), (verdict.WriteAddress.Unknown, verdict.WriteAddress.UnknownTurnedUp, verdict.WriteAddress.Lost));
        Assert.Equal(0, verdict.InventedCount);
    }

    [Fact]
    public void A_refused_write_that_is_there_was_invented()
    {
        var history = History(1, [Op(Write, 0.1, Outcome.Fail), Op(Write, 0.2, Outcome.Ok)]);
        var verdict = Checker.Check(history, Found(history));
        Assert.Equal(1, verdict.InventedCount);
        Assert.StartsWith(history.Operations[0].Key, verdict.Invented[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_nobody_wrote_was_invented()
    {
        var history = History(1, [Op(Write, 0.2, Outcome.Ok)]);
        var found = Found(history, with: new() { ["k:ghost"] = "boo" });
        Assert.Equal(["k:ghost = boo"], Checker.Check(history, found).Invented);
    }

    [Fact]
    public void Another_value_than_the_written_one_was_invented()
    {
        var history = History(1, [Op(Write, 0.2, Outcome.Ok)]);
        var found = Found(history, with: new() { [history.Operations[0].Key] = "other" });
        Assert.Equal(1, Checker.Check(history, found).InventedCount);
    }

    [Fact]
    public void A_value_that_only_a_replica_has_counts_too()
    {
        var history = History(1, [Op(Write, 0.1, Outcome.Fail)]);
        var found = new ReadBack(Keys(), new Dictionary<string, IReadOnlyDictionary<string, string>> { ["b"] = Keys(history.Operations[0]) });
        Assert.Equal(1, Checker.Check(history, found).InventedCount);
    }

    [Fact]
    public void A_replica_that_lacks_what_the_cluster_has_is_named()
    {
        var history = History(1, [Op(Write, 0.1, Outcome.Ok), Op(Write, 0.2, Outcome.Ok)]);
        var found = new ReadBack(Keys([.. history.Operations]), new Dictionary<string, IReadOnlyDictionary<string, string>> { ["b"] = Keys(history.Operations[0]) });
        Assert.Equal(1, Checker.Check(history, found).MissingOnNodes["b"]);
    }

    [Fact]
    public void The_longest_gap_is_found_wherever_it_is()
    {
        var history = History(20, [.. Acks(Write, 0, 4, every: 0.1), .. Acks(Write, 6.5, 20, every: 0.1)]);
        var verdict = Checker.Check(history, Found(history)).WriteAddress;
        Assert.Equal(2.6, verdict.LongestGapSeconds, 2);
        Assert.Equal(3.9, verdict.GapFromSeconds, 2);
    }

    [Fact]
    public void A_gap_at_the_end_counts()
    {
        var history = History(10, Acks(Write, 0, 4, every: 0.1));
        Assert.Equal(6.1, Checker.Check(history, Found(history)).WriteAddress.LongestGapSeconds, 2);
    }

    [Fact]
    public void A_gap_at_the_beginning_counts()
    {
        var history = History(10, Acks(Write, 7, 10, every: 0.1));
        Assert.Equal(7.0, Checker.Check(history, Found(history)).WriteAddress.LongestGapSeconds, 2);
    }

    [Fact]
    public void A_run_without_a_single_ack_is_one_gap()
        => Assert.Equal(10, Checker.Check(History(10, [Op(Write, 1, Outcome.Fail)]), new(Keys(), NoNodes)).WriteAddress.LongestGapSeconds, 2);

    [Fact]
    public void Two_masters_are_the_time_in_which_both_acked()
    {
        var history = History(20, [.. Acks("beside a", 0, 12, every: 0.1), .. Acks("beside b", 10, 20, every: 0.1)]);
        Assert.Equal(1.9, Checker.Check(history, Found(history)).TwoNodesAckedSeconds, 1);
    }

    [Fact]
    public void A_master_that_hung_meanwhile_did_not_ack()
    {
        // a acks, hangs from 5 to 15 (no answer), then acks again until 16: only that second overlaps with b.
        var history = History(20,
            [.. Acks("beside a", 0, 5, every: 0.1), Op("beside a", 5, Outcome.Unknown), .. Acks("beside a", 15, 16, every: 0.1), .. Acks("beside b", 8, 20, every: 0.1)]);
        Assert.Equal(0.9, Checker.Check(history, Found(history)).TwoNodesAckedSeconds, 1);
    }

    [Fact]
    public void One_ack_of_a_second_master_is_enough_to_be_seen()
    {
        var history = History(20, [.. Acks("beside a", 0, 20, every: 0.1), Op("beside b", 8, Outcome.Fail), Op("beside b", 9, Outcome.Ok), Op("beside b", 10, Outcome.Fail)]);
        Assert.True(Checker.Check(history, Found(history)).TwoNodesAckedSeconds > 0);
    }

    [Fact]
    public void A_clean_change_of_the_master_is_not_two_masters()
    {
        var history = History(20,
            [.. Acks("beside a", 0, 10, every: 0.1), Op("beside a", 10.1, Outcome.Fail), Op("beside b", 9.5, Outcome.Fail), .. Acks("beside b", 10.2, 20, every: 0.1)]);
        Assert.Equal(0, Checker.Check(history, Found(history)).TwoNodesAckedSeconds);
    }

    [Fact]
    public void The_client_at_the_write_address_is_no_second_master()
    {
        var history = History(20, [.. Acks(Write, 0, 20, every: 0.1), .. Acks("beside a", 0, 20, every: 0.1)]);
        Assert.Equal(0, Checker.Check(history, Found(history)).TwoNodesAckedSeconds);
    }

    [Fact]
    public void A_key_written_twice_cannot_be_judged()
    {
        var one = Op(Write, 0.1, Outcome.Ok);
        var error = Assert.Throws<ArgumentException>(() => Checker.Check(History(1, [one, one with { Value = "2" }]), new(Keys(one), NoNodes)));
        Assert.Contains("written twice", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> NoNodes => [];

    private static History History(double seconds, IReadOnlyList<Operation> operations) => new(
        TimeSpan.FromSeconds(seconds),
        new Dictionary<string, string> { [Write] = "", ["beside a"] = "a", ["beside b"] = "b" },
        operations);

    private static IReadOnlyList<Operation> Acks(string client, double from, double to, double every)
        => [.. Enumerable.Range(0, (int)Math.Round((to - from) / every)).Select(i => Op(client, from + (i * every), Outcome.Ok))];

    private static Operation Op(string client, double at, Outcome outcome) => new(
        client, $"k:{client}:{at:0.000}", "v", TimeSpan.FromSeconds(at) - TimeSpan.FromMilliseconds(at > 0 ? 1 : 0), TimeSpan.FromSeconds(at), outcome, "");

    private static Dictionary<string, string> Keys(params Operation[] operations) => operations.ToDictionary(o => o.Key, o => o.Value);

    private static ReadBack Found(History history, string[]? without = null, Dictionary<string, string>? with = null)
    {
        var keys = Keys([.. history.Operations.Where(o => !(without ?? []).Contains(o.Key))]);
        foreach (var (key, value) in with ?? [])
            keys[key] = value;
        return new(keys, NoNodes);
    }
}
