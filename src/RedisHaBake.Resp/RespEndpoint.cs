namespace RedisHaBake.Resp;

/// <summary>Where a server listens and how to log in.</summary>
/// <param name="Host">IP address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="User">ACL user, or empty for none.</param>
/// <param name="Password">Its password.</param>
/// <param name="From">Own IP address to connect from, or empty to let the system choose.</param>
public sealed record RespEndpoint(string Host, int Port, string User = "", string Password = "", string From = "")
{
    /// <summary>Host and port; never the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
