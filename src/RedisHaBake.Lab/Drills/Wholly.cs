namespace RedisHaBake.Lab.Drills;

/// <summary>Whether a cluster has become whole.</summary>
/// <param name="Whole">Whether it has, in time.</param>
/// <param name="Master">The only master, or empty.</param>
/// <param name="Back">From the beginning of the wait until the failed nodes were members for good; null while one is not.</param>
/// <param name="Found">What is wrong; empty where nothing is.</param>
public sealed record Wholly(bool Whole, string Master, TimeSpan? Back, string Found);
