namespace RedisHaBake.Agent.Status;

/// <summary>What the Sentinels can do together.</summary>
/// <param name="Configured">How many the plan has.</param>
/// <param name="Answering">How many answer.</param>
/// <param name="Majority">How many must agree.</param>
/// <param name="Epoch">The config epoch: it grows with every failover.</param>
/// <param name="CanFailOver">Whether a majority answers and is not in TILT.</param>
public sealed record QuorumStatus(int Configured, int Answering, int Majority, long Epoch, bool CanFailOver);
