namespace RedisHaBake.Agent.Failover;

/// <summary>How a hand-over ended.</summary>
/// <param name="Done">Whether another node is master now.</param>
/// <param name="NotMaster">Whether there was nothing to hand over.</param>
/// <param name="Sentence">What happened or why not, for a person.</param>
public sealed record HandOverResult(bool Done, bool NotMaster, string Sentence);
