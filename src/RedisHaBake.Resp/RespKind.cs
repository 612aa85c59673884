namespace RedisHaBake.Resp;

/// <summary>The kinds of a RESP2 reply (Redis serialization protocol specification).</summary>
public enum RespKind
{
    /// <summary>A status line such as OK.</summary>
    Simple,

    /// <summary>An error reply such as READONLY ….</summary>
    Error,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A length-prefixed string.</summary>
    Bulk,

    /// <summary>A null string or null array.</summary>
    Null,

    /// <summary>An array of replies.</summary>
    Array,
}
