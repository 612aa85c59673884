namespace RedisHaBake.Lab.Recording;

/// <summary>What a client knows about its own write.</summary>
public enum Outcome
{
    /// <summary>The server answered OK: the write must never be lost.</summary>
    Ok,

    /// <summary>The server refused, or nothing was ever sent: the write must never turn up.</summary>
    Fail,

    /// <summary>It was sent and no answer came: it may be there or not, both are right.</summary>
    Unknown,
}
