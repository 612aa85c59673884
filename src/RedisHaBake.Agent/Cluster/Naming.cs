namespace RedisHaBake.Agent.Cluster;

/// <summary>What the Sentinels together say about who the master is.</summary>
/// <param name="Answering">How many answered.</param>
/// <param name="Majority">How many are more than half of the configured ones.</param>
/// <param name="Address">The named master: a majority agrees on it with one config epoch and no answering Sentinel shows a higher one; else null.</param>
/// <param name="Epoch">The highest config epoch that was seen; 0 where nobody is named by anybody.</param>
/// <param name="Knowing">How many of those that answered name somebody, whomever.</param>
public sealed record Naming(int Answering, int Majority, string? Address, long Epoch, int Knowing)
{
    /// <summary>Whether at least one answering Sentinel names somebody.</summary>
    public bool AnybodyNamed => Knowing > 0;

    /// <summary>Whether enough Sentinels answered for their silence to mean something.</summary>
    public bool HasMajority => Answering >= Majority;

    /// <summary>A majority answers and none of those that answer names anybody.</summary>
    public bool Nobody => HasMajority && !AnybodyNamed;

    /// <summary>A majority answers, and those that name anybody are none: what the others knew is gone, and no failover can be spreading.</summary>
    public bool IsForgotten => HasMajority && AnybodyNamed && Knowing < Majority;

    /// <summary>Adds up what <paramref name="sentinels"/> said.</summary>
    public static Naming Of(IReadOnlyList<SentinelView> sentinels, int majority)
    {
        var names = sentinels.Where(s => s.Reachable && s.Names is not null).Select(s => s.Names!).ToList();
        var epoch = names.Count == 0 ? 0 : names.Max(n => n.ConfigEpoch);
        var named = names.Where(n => n.ConfigEpoch == epoch)
            .GroupBy(n => n.Address, StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() >= majority)?.Key;
        return new(sentinels.Count(s => s.Reachable), majority, named, epoch, names.Count);
    }
}
