namespace RedisHaBake.Resp;

/// <summary>The server answered with an error, or with something that is no RESP.</summary>
public sealed class RespException : Exception
{
    /// <summary>With the server's own words.</summary>
    public RespException(string message)
        : base(message)
    {
    }

    /// <summary>The error's first word, such as NOAUTH or LOADING.</summary>
    public string Code => Message.Split(' ', 2)[0];
}
