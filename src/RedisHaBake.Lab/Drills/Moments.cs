namespace RedisHaBake.Lab.Drills;

/// <summary>What happened when, in a drill. Times are from the recording's beginning.</summary>
/// <param name="Master">The master at the beginning.</param>
/// <param name="Failed">The nodes that something happened to.</param>
/// <param name="FaultAt">When it began.</param>
/// <param name="GoneAt">When the fault was gone.</param>
public sealed record Moments(string Master, IReadOnlyList<string> Failed, TimeSpan FaultAt, TimeSpan GoneAt);
