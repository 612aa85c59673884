namespace RedisHaBake.Agent.Cluster;

/// <summary>What one Sentinel answered.</summary>
/// <param name="Node">The node that it runs on.</param>
/// <param name="Reachable">Whether it answered.</param>
/// <param name="MyId">Its id; empty when it did not answer.</param>
/// <param name="Tilt">Whether it abstains because its clock jumped or it was paused.</param>
/// <param name="Names">Whom it names, or null for nobody.</param>
/// <param name="Replicas">The replicas that it lists.</param>
public sealed record SentinelView(
    string Node,
    bool Reachable,
    string MyId = "",
    bool Tilt = false,
    NamedMaster? Names = null,
    IReadOnlyList<ListedReplica>? Replicas = null)
{
    /// <summary>The replicas that it lists; none when it did not answer.</summary>
    public IReadOnlyList<ListedReplica> Replicas { get; } = Replicas ?? [];
}
