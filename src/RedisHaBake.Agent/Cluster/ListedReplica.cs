namespace RedisHaBake.Agent.Cluster;

/// <summary>A replica as a Sentinel lists it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Priority">The priority that its last INFO said; a restarted Sentinel assumes 100 until then.</param>
/// <param name="Down">Whether the Sentinel takes it for dead or lost its connection to it.</param>
/// <param name="InfoRefreshed">Whether its INFO was ever read: until then all else is assumption.</param>
/// <param name="SinceLastPing">Time since it last answered this Sentinel.</param>
/// <param name="MasterLinkDownFor">How long its link to the master has been down.</param>
/// <param name="SaysMaster">Whether its last INFO said role:master; its link then counts as up.</param>
public sealed record ListedReplica(
    string Address,
    int Priority,
    bool Down,
    bool InfoRefreshed,
    TimeSpan SinceLastPing,
    TimeSpan MasterLinkDownFor,
    bool SaysMaster = false)
{
    /// <summary>It is alive and may be promoted, as far as this Sentinel knows.</summary>
    public bool Fit => !Down && InfoRefreshed && Priority > 0;
}
