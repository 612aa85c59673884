namespace RedisHaBake.Lab.Recording;

/// <summary>One write as its client saw it. Times are on one monotonic clock, from the recording's beginning.</summary>
/// <param name="Client">Name of the client.</param>
/// <param name="Key">The key; no two writes of a recording have the same.</param>
/// <param name="Value">The value.</param>
/// <param name="Start">When the client began.</param>
/// <param name="End">When it knew the outcome, or gave up.</param>
/// <param name="Outcome">What it knows.</param>
/// <param name="Detail">The server's or the network's words where it is not OK.</param>
public sealed record Operation(string Client, string Key, string Value, TimeSpan Start, TimeSpan End, Outcome Outcome, string Detail);
