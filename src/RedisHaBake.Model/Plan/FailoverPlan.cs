namespace RedisHaBake.Model.Plan;

/// <summary>How fast and how carefully the cluster fails over.</summary>
/// <param name="DownAfterMs">Sentinel's down-after-milliseconds; 1,000 or more (redis#8607: 500 ms fails over by itself).</param>
/// <param name="TimeoutMs">Sentinel's failover-timeout; a failed election is retried after twice this.</param>
/// <param name="ParallelSyncs">Sentinel's parallel-syncs.</param>
/// <param name="Quorum">Sentinels that must agree that the master is down; a majority of them.</param>
/// <param name="MinReplicasToWrite">Redis's min-replicas-to-write: 1 with three or more data nodes, else 0.</param>
/// <param name="MinReplicasMaxLagS">Redis's min-replicas-max-lag in seconds; never above down-after.</param>
/// <param name="AdvertMs">keepalived's advertisement interval in milliseconds.</param>
public sealed record FailoverPlan(
    int DownAfterMs,
    int TimeoutMs,
    int ParallelSyncs,
    int Quorum,
    int MinReplicasToWrite,
    int MinReplicasMaxLagS,
    int AdvertMs);
