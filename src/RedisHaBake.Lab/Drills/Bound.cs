using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Lab.Drills;

/// <summary>What a drill must reach. Nothing acked through the write address may be lost in any.</summary>
/// <param name="Gap">The longest time without an ack through the write address, p50 of all runs, by Sentinel's down-after; null where there is no such bound.</param>
public sealed record Bound(Func<TimeSpan, TimeSpan>? Gap)
{
    /// <summary>
    /// How much younger than this a write may be that dies with its node: replication is asynchronous, and what a node acked in its last
    /// moment before its power went may not have left it.
    /// </summary>
    public TimeSpan InFlight { get; init; }

    /// <summary>The longest gap once the fault is gone, p50 of all runs; null where the fault is gone as soon as it was there.</summary>
    public TimeSpan? HealGap { get; init; }

    /// <summary>Whether the node is cut off while its Redis runs: acks to clients on its side must end within max-lag + 1 s.</summary>
    public bool CutsOff { get; init; }

    /// <summary>The bound for a cluster that fails over so.</summary>
    public TimeSpan? GapOf(LabFailover failover) => Gap?.Invoke(TimeSpan.FromMilliseconds(failover.DownAfterMs));

    /// <summary>What a planned move may cost.</summary>
    public static TimeSpan Moment { get; } = TimeSpan.FromSeconds(0.3);

    /// <summary>A gap of <paramref name="seconds"/> at most, whatever down-after is.</summary>
    public static Bound Within(double seconds) => new(_ => TimeSpan.FromSeconds(seconds));

    /// <summary>What Sentinel must first notice: down-after and 0.8 s, with the shortest profile 2 s.</summary>
    public static Bound Noticed { get; } = new(downAfter => TimeSpan.FromSeconds(Math.Max(2.0, downAfter.TotalSeconds + 0.8)));
}
