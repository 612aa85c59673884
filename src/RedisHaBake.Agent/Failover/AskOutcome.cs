namespace RedisHaBake.Agent.Failover;

/// <summary>What came of asking for a failover.</summary>
/// <param name="Asked">Whether a Sentinel has begun, or had begun already.</param>
/// <param name="Sentence">What happened, for the journal.</param>
public sealed record AskOutcome(bool Asked, string Sentence);
