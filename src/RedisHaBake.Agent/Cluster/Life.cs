namespace RedisHaBake.Agent.Cluster;

/// <summary>What a data node says of its past, through <c>CONFIG GET cluster-announce-hostname</c> (unused outside cluster mode).</summary>
public enum Life
{
    /// <summary>It did not answer, or says nothing that we know.</summary>
    Unknown,

    /// <summary>It never was a member: no life mark.</summary>
    Blank,

    /// <summary>It bootstrapped or completed a sync once: a life mark stands beside its data.</summary>
    Member,

    /// <summary>It was a member, and its data files are gone: it must never be raised as it is.</summary>
    Lost,
}
