namespace RedisHaBake.Lab.Machines;

/// <summary>How a lab's cluster fails over: what a drill is held against.</summary>
/// <param name="MasterName">Sentinel's name for the master.</param>
/// <param name="SentinelPort">Sentinel's port on the nodes.</param>
/// <param name="DownAfterMs">Sentinel's down-after-milliseconds.</param>
/// <param name="MaxLagS">Redis's min-replicas-max-lag in seconds; null where min-replicas-to-write is 0, so that it fences nothing.</param>
public sealed record LabFailover(string MasterName, int SentinelPort, int DownAfterMs, int? MaxLagS);
