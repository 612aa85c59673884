using RedisHaBake.Lab.Drills;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Lab.Tests;

/// <summary>Forged drills: a fault at 5 s that is gone at 8 s, on a cluster of a and b, with the master on a.</summary>
public class JudgeTests
{
    private const string Write = RecordingClient.WriteAddress;
    private static readonly LabFailover _lan = new("tutorial", 26379, 2000, 2);
    private static readonly Bound _strict = Bound.Within(0.4);
    private static readonly Wholly _whole = new(true, "b", TimeSpan.FromSeconds(2), "");

    [Fact]
    public void A_quick_failover_is_good_and_its_gap_is_told_from_the_fault_on()
    {
        var run = Check(_strict, [.. Acks(Write, 0, 5), .. Acks(Write, 5.3, 12)]);
        Assert.Empty(run.Failures);
        Assert.Equal(0.4, run.LongestGap, 2);
        Assert.Equal(-0.1, run.GapFrom, 2);
        Assert.Equal(2, run.Back!.Value, 3);
        Assert.Equal(("a", "b"), (run.Master, run.NewMaster));
    }

    [Fact]
    public void An_acked_write_that_is_gone_fails_the_run()
    {
        var run = Check(_strict, Acks(Write, 0, 12), lost: [4.9]);
        Assert.Equal((1, 0), (run.Lost, run.LostInFlight));
        Assert.Contains("1 acked writes were lost", Assert.Single(run.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(5.5, true)]
    [InlineData(4.6, false)]
    [InlineData(8.5, false)]
    public void Only_what_was_in_flight_when_the_node_died_may_be_lost_where_the_bound_says_so(double at, bool allowed)
    {
        var run = Check(_strict with { InFlight = TimeSpan.FromSeconds(0.3) }, Acks(Write, 0, 12), lost: [at]);
        Assert.Equal((1, allowed ? 1 : 0), (run.Lost, run.LostInFlight));
        Assert.Equal(allowed, run.Failures.Count == 0);
    }

    [Fact]
    public void What_a_client_beside_a_node_loses_is_counted_and_is_no_failure()
    {
        var run = Check(_strict, [.. Acks(Write, 0, 12), .. Acks("beside a", 0, 12)], lostBeside: [6.0, 6.1]);
        Assert.Equal((0, 2, 120), (run.Lost, run.LostBeside, run.AckedBeside));
        Assert.Empty(run.Failures);
    }

    [Fact]
    public void An_invented_value_fails_the_run()
    {
        var run = Check(_strict, [.. Acks(Write, 0, 12), Op(Write, 5.05, Outcome.Fail)]);
        Assert.Equal(1, run.Invented);
        Assert.Contains("invented", Assert.Single(run.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_synced_replica_that_lacks_writes_fails_the_run()
    {
        var history = History(Acks(Write, 0, 12));
        var cluster = history.Operations.ToDictionary(o => o.Key, o => o.Value);
        var poor = cluster.Skip(1).ToDictionary();
        var run = Judge.Check(_strict, Moments, history, new(cluster, new Dictionary<string, IReadOnlyDictionary<string, string>> { ["b"] = poor }), _whole);
        Assert.Contains("b lacks 1 writes", Assert.Single(run.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_is_not_whole_at_the_end_fails_the_run()
    {
        var run = Check(_strict, Acks(Write, 0, 12), end: new(false, "", null, "expected one master, found a and b"));
        Assert.Contains("found a and b", Assert.Single(run.Failures), StringComparison.Ordinal);
        Assert.Null(run.Back);
    }

    [Fact]
    public void Where_nothing_can_be_read_back_nothing_is_called_lost_and_the_run_fails()
    {
        var run = Judge.Check(_strict, Moments, History(Acks(Write, 0, 5)), null, _whole);
        Assert.Equal((0, 0), (run.Lost, run.Invented));
        Assert.Contains("nothing could be read back", Assert.Single(run.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_gap_after_the_fault_is_gone_is_seen_although_the_first_is_longer()
    {
        IReadOnlyList<Operation> twice = [.. Acks(Write, 0, 5), .. Acks(Write, 7.5, 8.5), .. Acks(Write, 9.5, 12)];
        Assert.Null(Check(_strict, twice).HealGap);
        var run = Check(Bound.Noticed with { HealGap = Bound.Moment }, twice);
        Assert.Equal(2.6, run.LongestGap, 2);
        Assert.Equal(1.1, run.HealGap!.Value, 2);
        Assert.Contains("after the fault was gone", Assert.Single(new DrillRow(A(Bound.Noticed with { HealGap = Bound.Moment }), _lan, [run]).Missed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_was_cut_off_must_stop_acking_before_the_fence_closes()
    {
        var bound = Bound.Noticed with { CutsOff = true };
        // After the heal it acks again, as whatever it is then.
        var run = Check(bound, [.. Acks(Write, 0, 12), .. Acks("beside a", 0, 7.8), .. Acks("beside a", 9, 12), .. Acks("beside b", 0, 12)]);
        Assert.Equal(2.7, run.CutOffAcked!.Value, 2);
        Assert.Empty(new DrillRow(A(bound), _lan, [run]).Missed);
        Assert.Contains("acked for 2.7 s", Assert.Single(new DrillRow(A(bound), _lan with { MaxLagS = 1 }, [run]).Missed), StringComparison.Ordinal);
        // The middle is held against the bound, and the worst against what Redis can do at all.
        Assert.Equal(2.7, new DrillRow(A(bound), _lan, [run]).CutOffAcked!.Max, 2);
        var late = run with { CutOffAcked = 3.9 };
        Assert.Empty(new DrillRow(A(bound), _lan, [run, run, late]).Missed);
        Assert.Contains("acked for 3.9 s (p50), expected at most 3.0 s", Assert.Single(new DrillRow(A(bound), _lan, [run, late, late]).Missed), StringComparison.Ordinal);
        Assert.Contains("acked for 4.2 s once", Assert.Single(new DrillRow(A(bound), _lan, [run, run, run with { CutOffAcked = 4.2 }]).Missed), StringComparison.Ordinal);
        Assert.Null(Check(_strict, Acks(Write, 0, 12)).CutOffAcked);
    }

    [Fact]
    public void Without_min_replicas_a_node_that_was_cut_off_acks_without_a_bound_and_the_drill_says_so()
    {
        var bound = Bound.Noticed with { CutsOff = true };
        var run = Check(bound, [.. Acks(Write, 0, 12), .. Acks("beside a", 0, 12), .. Acks("beside b", 0, 12)]) with { CutOffAcked = 20 };
        var row = new DrillRow(A(bound), _lan with { MaxLagS = null }, [run]);
        Assert.Empty(row.Missed);
        Assert.EndsWith("cut-off acks to clients beside the node without a bound (min-replicas is 0: Redis goes on until the cut is over)", row.BoundText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_shows_the_middle_and_the_worst_and_holds_the_middle_against_the_bound()
    {
        var quick = Check(_strict, [.. Acks(Write, 0, 5), .. Acks(Write, 5.2, 12)]);
        var slow = Check(_strict, [.. Acks(Write, 0, 5), .. Acks(Write, 6, 12)]);
        var row = new DrillRow(A(_strict), _lan, [quick, slow, quick]);
        Assert.Equal((0.3, 1.1), (Math.Round(row.Gap.P50, 2), Math.Round(row.Gap.Max, 2)));
        Assert.Empty(row.Missed);
        Assert.False(row.Failed);
        Assert.Contains("expected at most 0.4 s", Assert.Single(new DrillRow(A(_strict), _lan, [quick, slow, slow]).Missed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_never_comes_back_leaves_no_time_to_show()
    {
        var run = Check(_strict, Acks(Write, 0, 12), end: _whole with { Back = null });
        Assert.Null(new DrillRow(A(_strict), _lan, [Check(_strict, Acks(Write, 0, 12)), run]).Back);
    }

    [Theory]
    [InlineData(1000, 2.0)]
    [InlineData(2000, 2.8)]
    [InlineData(5000, 5.8)]
    public void What_Sentinel_must_notice_first_is_held_against_down_after(int downAfterMs, double seconds)
        => Assert.Equal(seconds, Bound.Noticed.GapOf(_lan with { DownAfterMs = downAfterMs })!.Value.TotalSeconds, 3);

    [Theory]
    [InlineData(new[] { 3.0 }, 3.0, 3.0)]
    [InlineData(new[] { 4.0, 1.0 }, 2.5, 4.0)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2.0, 9.0)]
    [InlineData(new[] { 1.0, 2.0, 3.0, 10.0 }, 2.5, 10.0)]
    public void The_median_of_an_even_number_lies_between_the_two_in_the_middle(double[] seconds, double p50, double max)
        => Assert.Equal(new Spread(p50, max), Spread.Of(seconds));

    [Fact]
    public void Of_nothing_there_is_no_spread() => Assert.Null(Spread.Of([]));

    [Fact]
    public void Six_drills_are_basic_and_every_name_is_found_once()
    {
        Assert.Equal(["stop", "kill", "hang", "power-off", "recreate-master", "cut"], Drill.All.Where(d => d.Basic).Select(d => d.Name));
        Assert.All(Drill.All, d => Assert.Same(d, Drill.Of(d.Name)));
        Assert.Contains("expected one of switchover, stop, kill", Assert.Throws<LabException>(() => Drill.Of("earthquake")).Message, StringComparison.Ordinal);
    }

    private static Moments Moments => new("a", ["a"], TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(8));

    private static Drill A(Bound bound) => new("forged", "nothing happens", bound, _ => Task.CompletedTask);

    private static DrillRun Check(Bound bound, IReadOnlyList<Operation> operations, double[]? lost = null, double[]? lostBeside = null, Wholly? end = null)
    {
        var gone = operations.Where(o => Is(o, Write, lost) || (o.Client != Write && Is(o, o.Client, lostBeside))).ToHashSet();
        var found = operations.Where(o => !gone.Contains(o)).ToDictionary(o => o.Key, o => o.Value);
        return Judge.Check(bound, Moments, History(operations), new(found, new Dictionary<string, IReadOnlyDictionary<string, string>>()), end ?? _whole);
    }

    private static bool Is(Operation operation, string client, double[]? times)
        => operation.Client == client && (times ?? []).Any(t => Math.Abs(operation.End.TotalSeconds - t) < 0.01);

    private static History History(IReadOnlyList<Operation> operations)
        => new(TimeSpan.FromSeconds(12), new Dictionary<string, string> { [Write] = "", ["beside a"] = "a", ["beside b"] = "b" }, operations);

    private static IReadOnlyList<Operation> Acks(string client, double from, double to)
        => [.. Enumerable.Range(0, (int)Math.Round((to - from) / 0.1)).Select(i => Op(client, from + (i * 0.1), Outcome.Ok))];

    private static Operation Op(string client, double at, Outcome outcome)
        => new(client, $"k:{client}:{at:0.000}", "v", TimeSpan.FromSeconds(Math.Max(0, at - 0.001)), TimeSpan.FromSeconds(at), outcome, "");
}
