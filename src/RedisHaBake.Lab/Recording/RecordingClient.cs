using RedisHaBake.Resp;

namespace RedisHaBake.Lab.Recording;

/// <summary>A client of a recording.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Endpoints">Where it writes; the next one after each failed connection.</param>
/// <param name="Node">The node that it stands beside and whose own Redis it writes to, or empty for one that uses the cluster as an application does.</param>
public sealed record RecordingClient(string Name, IReadOnlyList<RespEndpoint> Endpoints, string Node)
{
    /// <summary>Name of the client that writes through the write address.</summary>
    public const string WriteAddress = "write address";
}
