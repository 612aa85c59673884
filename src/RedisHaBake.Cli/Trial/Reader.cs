namespace RedisHaBake.Cli.Trial;

/// <summary>A program that reads a text with lines of the operator's own in it.</summary>
public enum Reader
{
    /// <summary>haproxy.cfg's.</summary>
    Haproxy,

    /// <summary>keepalived.conf's.</summary>
    Keepalived,

    /// <summary>redis.conf's, of Redis.</summary>
    Redis,

    /// <summary>The same of Valkey.</summary>
    Valkey,

    /// <summary>sentinel.conf's, of Redis.</summary>
    RedisSentinel,

    /// <summary>The same of Valkey.</summary>
    ValkeySentinel,
}
