using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Lab.Drills;

/// <summary>What was recorded in, a drill's run out.</summary>
public static class Judge
{
    /// <summary>Judges one run.</summary>
    /// <param name="bound">What had to be reached.</param>
    /// <param name="moments">What happened when.</param>
    /// <param name="history">What the clients did.</param>
    /// <param name="found">What was there afterwards; null where nothing could be read.</param>
    /// <param name="end">The cluster at the end.</param>
    public static DrillRun Check(Bound bound, Moments moments, History history, ReadBack? found, Wholly end)
    {
        var verdict = Checker.Check(history, found ?? Everything(history));
        var lost = found is null ? [] : Checker.Lost(history, found).Where(o => o.Client == RecordingClient.WriteAddress).ToList();
        var inFlight = bound.InFlight == TimeSpan.Zero ? 0 : lost.Count(o => o.End >= moments.FaultAt - bound.InFlight && o.End <= moments.GoneAt);
        var beside = verdict.Clients.Where(c => c.Client != RecordingClient.WriteAddress).ToList();
        List<string> failures = [];
        if (lost.Count > inFlight)
            failures.Add($"{lost.Count - inFlight} acked writes were lost, for instance {lost.First(o => bound.InFlight == TimeSpan.Zero || o.End < moments.FaultAt - bound.InFlight || o.End > moments.GoneAt).Key}");
        if (verdict.InventedCount > 0)
            failures.Add($"{verdict.InventedCount} values were invented, for instance {verdict.Invented[0]}");
        failures.AddRange(verdict.MissingOnNodes.Where(n => n.Value > 0).Select(n => $"{n.Key} lacks {n.Value} writes that the cluster has"));
        if (found is null)
            failures.Add("nothing could be read back through the write address");
        if (!end.Whole)
            failures.Add($"{Wait.TotalSeconds:0} s after the fault was gone the cluster is not whole: {end.Found}");
        return new(
            moments.Master,
            end.Master,
            verdict.WriteAddress.Acked,
            lost.Count,
            inFlight,
            beside.Sum(c => c.Acked),
            found is null ? 0 : beside.Sum(c => c.Lost),
            verdict.WriteAddress.LongestGapSeconds,
            verdict.WriteAddress.GapFromSeconds - moments.FaultAt.TotalSeconds,
            bound.HealGap is null ? null : Checker.LongestGap(history, RecordingClient.WriteAddress, moments.GoneAt, history.Duration).Gap.TotalSeconds,
            verdict.TwoNodesAckedSeconds,
            bound.CutsOff ? CutOffAcked(moments, history) : null,
            end.Back?.TotalSeconds,
            verdict.InventedCount,
            failures);
    }

    /// <summary>How long after the fault every node must be in the cluster.</summary>
    public static TimeSpan Wait { get; } = TimeSpan.FromSeconds(60);

    // To the last ack of a client beside a failed node, from the fault on and while it lasted.
    private static double CutOffAcked(Moments moments, History history)
    {
        var clients = history.Clients.Where(c => moments.Failed.Contains(c.Value)).Select(c => c.Key).ToHashSet();
        return history.Operations
            .Where(o => o.Outcome == Outcome.Ok && clients.Contains(o.Client) && o.End > moments.FaultAt && o.End < moments.GoneAt)
            .Select(o => (o.End - moments.FaultAt).TotalSeconds)
            .DefaultIfEmpty(0)
            .Max();
    }

    // Nothing is known, so nothing is called lost or invented; the failure is said in words.
    private static ReadBack Everything(History history)
        => new(history.Operations.Where(o => o.Outcome == Outcome.Ok).ToDictionary(o => o.Key, o => o.Value), new Dictionary<string, IReadOnlyDictionary<string, string>>());
}
