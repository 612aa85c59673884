namespace RedisHaBake.Resp;

/// <summary>The server could not be connected to, did not answer in time, or closed the connection. Whether a command that was sent took effect is unknown.</summary>
public sealed class RespUnreachableException : Exception
{
    /// <summary>With where and why.</summary>
    public RespUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
