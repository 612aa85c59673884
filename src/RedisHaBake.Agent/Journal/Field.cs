namespace RedisHaBake.Agent.Journal;

/// <summary>The names of our structured journal fields (<c>journalctl STEP=kernel</c>).</summary>
public static class Field
{
    /// <summary>The boot step that a line is about.</summary>
    public const string Step = "STEP";

    /// <summary>The systemd unit that a line is about.</summary>
    public const string Unit = "UNIT";

    /// <summary>The cluster's name.</summary>
    public const string Cluster = "CLUSTER";

    /// <summary>The node's name.</summary>
    public const string Node = "NODE";

    /// <summary>A peer that a line is about.</summary>
    public const string Peer = "PEER";

    /// <summary>A step's duration in milliseconds.</summary>
    public const string DurationMs = "DURATION_MS";
}
