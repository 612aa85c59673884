namespace RedisHaBake.Agent.Failover;

/// <summary>What became of a failover that a Sentinel was asked for.</summary>
public enum AskedFor
{
    /// <summary>It is under way.</summary>
    Begun,

    /// <summary>It will not happen by this request.</summary>
    Refused,

    /// <summary>The request was sent and not answered: it may be under way, so nobody may act as if it were not.</summary>
    Unknown,
}
