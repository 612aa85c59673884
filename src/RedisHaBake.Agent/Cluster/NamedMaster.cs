namespace RedisHaBake.Agent.Cluster;

/// <summary>Whom one Sentinel takes for the master.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="ConfigEpoch">The epoch of the configuration that says so; 0 until the first failover.</param>
/// <param name="ObjectivelyDown">Whether a quorum of Sentinels takes it for dead.</param>
/// <param name="FailoverInProgress">Whether this Sentinel is failing over right now.</param>
public sealed record NamedMaster(string Address, int Port, long ConfigEpoch, bool ObjectivelyDown, bool FailoverInProgress);
