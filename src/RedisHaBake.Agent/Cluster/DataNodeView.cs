namespace RedisHaBake.Agent.Cluster;

/// <summary>What one data node's Redis answered.</summary>
/// <param name="Node">Its name in the plan.</param>
/// <param name="Address">Its address.</param>
/// <param name="Reachable">Whether it answered INFO at all, be it while loading.</param>
/// <param name="Loading">Whether it is still reading its dataset: nothing it says of its keys is final.</param>
/// <param name="IsMaster">Whether it says role:master.</param>
/// <param name="MasterAddress">Whom it follows; empty for a master.</param>
/// <param name="LinkUp">Whether its link to its master stands.</param>
/// <param name="Syncing">Whether a full sync is under way.</param>
/// <param name="LinkDownFor">How long its link has been down; zero while it is up.</param>
/// <param name="Priority">replica-priority; of a master too, which shows it nowhere else; above 0 only for a replica that completed a sync in this process.</param>
/// <param name="Offset">Replication offset; comparable between processes that did not restart only.</param>
/// <param name="HasKeys">Whether any database has a key.</param>
/// <param name="Life">What it says of its past.</param>
/// <param name="Lineage">Since when its dataset is the one that a person chose; empty where nobody ever had to.</param>
/// <param name="GoneFor">How long neither we nor a majority of Sentinels reached it; zero while somebody does.</param>
public sealed record DataNodeView(
    string Node,
    string Address,
    bool Reachable,
    bool Loading = false,
    bool IsMaster = false,
    string MasterAddress = "",
    bool LinkUp = false,
    bool Syncing = false,
    TimeSpan LinkDownFor = default,
    int Priority = 0,
    long Offset = 0,
    bool HasKeys = false,
    Life Life = Life.Unknown,
    string Lineage = "",
    TimeSpan GoneFor = default)
{
    /// <summary>It answered that it never was a member and holds nothing.</summary>
    public bool Blank => Reachable && !Loading && Life == Life.Blank && !HasKeys;

    /// <summary>It answered that it was a member and still has its data, loaded.</summary>
    public bool HasData => Reachable && !Loading && Life == Life.Member;

    /// <summary>It completed a sync in this process and was not master since: it may be promoted.</summary>
    public bool Fit => Reachable && !Loading && !IsMaster && Priority > 0;

    /// <summary>Its data is as its master's: the link stands and no full sync is under way.</summary>
    public bool Synced => Reachable && !IsMaster && LinkUp && !Syncing;

    /// <summary>It follows nobody, as every process is born.</summary>
    public bool Unattached => !IsMaster && MasterAddress == Nobody;

    /// <summary>The address that a Redis is born following: nothing listens there.</summary>
    public const string Nobody = "127.0.0.1";
}
