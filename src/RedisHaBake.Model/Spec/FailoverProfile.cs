namespace RedisHaBake.Model.Spec;

/// <summary>A named set of failover numbers.</summary>
/// <param name="Word">The spec's word.</param>
/// <param name="DownAfterMs">Sentinel's down-after-milliseconds.</param>
/// <param name="MaxLagS">Redis's min-replicas-max-lag; never above down-after.</param>
/// <param name="AdvertMs">keepalived's advertisement interval.</param>
public sealed record FailoverProfile(string Word, int DownAfterMs, int MaxLagS, int AdvertMs)
{
    /// <summary>A quiet private network and idle CPUs; below 1,000 ms Sentinel flaps (redis#8607).</summary>
    public static FailoverProfile Fast { get; } = new("fast", 1000, 1, 200);

    /// <summary>A rented private network; the default.</summary>
    public static FailoverProfile Lan { get; } = new("lan", 2000, 2, 300);

    /// <summary>Shared, busy hosts, where pauses of seconds are no failures.</summary>
    public static FailoverProfile Noisy { get; } = new("noisy", 5000, 3, 1000);

    /// <summary>Every profile.</summary>
    public static IReadOnlyList<FailoverProfile> All { get; } = [Fast, Lan, Noisy];
}
