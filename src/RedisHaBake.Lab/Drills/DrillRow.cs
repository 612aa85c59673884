using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Lab.Drills;

/// <summary>All runs of one drill, against its bound.</summary>
/// <param name="Drill">The drill.</param>
/// <param name="Failover">How the cluster fails over.</param>
/// <param name="Runs">What each run showed, at least one.</param>
public sealed record DrillRow(Drill Drill, LabFailover Failover, IReadOnlyList<DrillRun> Runs)
{
    /// <summary>Longest gap through the write address.</summary>
    public Spread Gap => Spread.Of(Runs.Select(r => r.LongestGap))!;

    /// <summary>The same once the fault was gone; null where the bound does not ask.</summary>
    public Spread? HealGap => Spread.Of(Runs.Select(r => r.HealGap).OfType<double>());

    /// <summary>How long nodes that were cut off still acked to clients beside them; null where the bound does not ask.</summary>
    public Spread? CutOffAcked => Spread.Of(Runs.Select(r => r.CutOffAcked).OfType<double>());

    /// <summary>Return of the failed nodes; null where one never came.</summary>
    public Spread? Back => Runs.Any(r => r.Back is null) ? null : Spread.Of(Runs.Select(r => r.Back!.Value));

    /// <summary>Time in which two nodes acked.</summary>
    public Spread TwoNodesAcked => Spread.Of(Runs.Select(r => r.TwoNodesAcked))!;

    /// <summary>Writes acked through the write address.</summary>
    public int Acked => Runs.Sum(r => r.Acked);

    /// <summary>Of those, the ones that are not there.</summary>
    public int Lost => Runs.Sum(r => r.Lost);

    /// <summary>Writes acked to the clients beside the nodes.</summary>
    public int AckedBeside => Runs.Sum(r => r.AckedBeside);

    /// <summary>Of those, the ones that are not there.</summary>
    public int LostBeside => Runs.Sum(r => r.LostBeside);

    /// <summary>Values that nobody wrote.</summary>
    public int Invented => Runs.Sum(r => r.Invented);

    /// <summary>Whether a run showed what must not be: a lost write, an invented value, a cluster that is not whole at the end.</summary>
    public bool Failed => Runs.Any(r => r.Failures.Count > 0);

    /// <summary>The bound, in words.</summary>
    public string BoundText
    {
        get
        {
            List<string> words = [Drill.Bound.InFlight > TimeSpan.Zero ? $"lost 0 older than {Seconds(Drill.Bound.InFlight.TotalSeconds)}" : "lost 0"];
            if (Drill.Bound.GapOf(Failover) is { } gap)
                words.Add($"gap {Seconds(gap.TotalSeconds)}");
            if (Drill.Bound.HealGap is { } heal)
                words.Add($"{Seconds(heal.TotalSeconds)} at the heal");
            if (Drill.Bound.CutsOff)
                words.Add(CutOffLimit is { } limit
                    ? $"cut-off acks {Seconds(limit)} (never over {Seconds(CutOffEnd!.Value)})"
                    : "cut-off acks to clients beside the node without a bound (min-replicas is 0: Redis goes on until the cut is over)");
            return string.Join(", ", words);
        }
    }

    /// <summary>What of the bound was missed, in words; empty where it was met.</summary>
    public IReadOnlyList<string> Missed
    {
        get
        {
            List<string> missed = [.. Runs.SelectMany((run, i) => run.Failures.Select(f => $"run {i + 1}: {f}"))];
            if (Drill.Bound.GapOf(Failover) is { } gap && Gap.P50 > gap.TotalSeconds)
                missed.Add($"the longest gap is {Seconds(Gap.P50)} (p50), expected at most {Seconds(gap.TotalSeconds)}");
            if (Drill.Bound.HealGap is { } heal && HealGap is { } healed && healed.P50 > heal.TotalSeconds)
                missed.Add($"the longest gap after the fault was gone is {Seconds(healed.P50)} (p50), expected at most {Seconds(heal.TotalSeconds)}");
            if (CutOffAcked is { } acked && CutOffLimit is { } most && acked.P50 > most)
                missed.Add($"the node that was cut off acked for {Seconds(acked.P50)} (p50), expected at most {Seconds(most)}");
            if (CutOffAcked is { } longest && CutOffEnd is { } end && longest.Max > end)
                missed.Add($"the node that was cut off acked for {Seconds(longest.Max)} once, and Redis allows at most {Seconds(end)}");
            return missed;
        }
    }

    private double? CutOffLimit => Failover.MaxLagS + 1.0;

    // Redis subtracts whole seconds of its clock and looks once a second (replication.c, refreshGoodSlavesCount), so that the end lies
    // between max-lag - 1 and max-lag + 2, wherever the fault falls; a tenth for the recorder.
    private double? CutOffEnd => Failover.MaxLagS + 2.1;

    private static string Seconds(double seconds) => $"{seconds:0.0#} s";
}
