namespace RedisHaBake.Agent.Status;

/// <summary>One node of the cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its own address.</param>
/// <param name="Role">master, replica, loading, "not answering", or none where it has no Redis.</param>
/// <param name="Follows">The node that a replica follows; empty for a master and for a replica of nobody.</param>
/// <param name="Synced">Whether a replica's data is as its master's but for the lag.</param>
/// <param name="LagBytes">Bytes of the replication stream that a replica has still to get; -1 where that is not known.</param>
/// <param name="Priority">replica-priority; 0 is never promoted.</param>
/// <param name="Sentinel">Its Sentinel: "names NAME", "names nobody", "not answering", or none.</param>
/// <param name="Tilt">Whether its Sentinel abstains because its clock jumped or it was paused.</param>
public sealed record NodeStatus(
    string Name,
    string Address,
    string Role,
    string Follows,
    bool Synced,
    long LagBytes,
    int Priority,
    string Sentinel,
    bool Tilt)
{
    /// <summary>The <see cref="Role"/> or <see cref="Sentinel"/> of one that is silent.</summary>
    public const string NotAnswering = "not answering";

    /// <summary>The <see cref="Role"/> of a Redis that reads its data.</summary>
    public const string Loading = "loading";
}
