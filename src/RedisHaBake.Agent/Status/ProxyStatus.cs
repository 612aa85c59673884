namespace RedisHaBake.Agent.Status;

/// <summary>What this node's HAProxy sees.</summary>
/// <param name="Answering">Whether it answers; false too where this node has none.</param>
/// <param name="Write">The servers that it sends writes to: one, or none.</param>
/// <param name="Read">The servers that it sends reads to; none means that the master serves them.</param>
public sealed record ProxyStatus(bool Answering, IReadOnlyList<string> Write, IReadOnlyList<string> Read);
