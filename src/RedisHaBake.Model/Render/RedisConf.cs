using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// The server's configuration of a data node. A hook writes it anew before each start; at run time the server itself may rewrite it
/// (Sentinel sends CONFIG REWRITE), so compare CONFIG GET with the plan, not the file.
/// </summary>
public static class RedisConf
{
    /// <summary>The value of <see cref="LifeMarkSetting"/> on a node with a life mark.</summary>
    public const string LifeMarked = "redishabake-life";

    /// <summary>The same on a node whose data files are gone.</summary>
    public const string Lost = "redishabake-lost";

    /// <summary>The value of <see cref="LifeMarkSetting"/> on a node without one.</summary>
    public const string Blank = "redishabake-blank";

    /// <summary>
    /// The setting by which peers see a node's life mark: nothing uses it outside cluster mode, and it outlives the agent's service.
    /// </summary>
    public const string LifeMarkSetting = "cluster-announce-hostname";

    /// <summary>
    /// Whether a Redis may be started on the text that stands where <paramref name="wanted"/> cannot be written: it is of the same address, and says
    /// the same of this node's past. What else may differ was in force until now.
    /// </summary>
    public static bool MayStandFor(string present, string wanted)
        => ((string[])["bind", "port", LifeMarkSetting]).All(name => Value(wanted, name) is { } value && value == Value(present, name));

    // Redis writes some values in quotes.
    private static string? Value(string text, string name)
        => text.Split('\n').Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line[name.Length..].Replace("\"", "", StringComparison.Ordinal).Trim()).FirstOrDefault();

    /// <summary>The text.</summary>
    public static string Render(NodePlan plan, HostFacts host)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        var redis = plan.Redis;
        return new ConfigText()
            .Line(ConfigText.Header("#"))
            .Line($"bind {host.Address} 127.0.0.1")
            .Line($"port {plan.Ports.Redis}")
            .Line("protected-mode yes")
            .Line("tcp-keepalive 60")
            .Line("timeout 0")
            .Line($"pidfile /run/{layout.User}/{layout.User}-server.pid")
            .Line("loglevel notice")
            .Line("logfile \"\"")
            .Line("disable-thp yes")
            .Line($"aclfile {layout.ServerAcl}")
            .Line("acllog-max-len 128")
            .Line()
            .Line("# Data")
            .Line($"dir {layout.DataDirectory}")
            .Line("dbfilename dump.rdb")
            .Line($"save {(redis.Save.Length == 0 ? "\"\"" : redis.Save)}")
            .Line($"appendonly {(redis.AppendOnly ? "yes" : "no")}")
            .Line($"appendfsync {redis.AppendFsync}")
            .Line("# The append-only file is complete at a stop; saving an RDB file too would only make the stop longer.")
            .Line($"shutdown-on-sigterm {(redis.AppendOnly ? "nosave" : "default")}")
            .Line("shutdown-timeout 2")
            .Line($"maxmemory {redis.MaxMemory}")
            .Line($"maxmemory-policy {redis.MaxMemoryPolicy}")
            .Line()
            .Line("# Replication. Every start is that of an unfit replica of nobody; the join decides what it becomes.")
            .Line("replicaof 127.0.0.1 1")
            .Line("replica-priority 0")
            .Line($"replica-announce-ip {host.Address}")
            .Line($"replica-announce-port {plan.Ports.Redis}")
            .Line($"masteruser {InternalUsers.Replication}")
            .Line($"masterauth {plan.Secrets.Replication}")
            .Line($"repl-backlog-size {redis.BacklogBytes}")
            .Line("repl-diskless-sync yes")
            .Line("# A new master that got less of the last one's stream than the other replica has no partial sync for it, and takes no write until it has synced.")
            .Line("repl-diskless-sync-delay 0")
            .Line($"repl-diskless-sync-max-replicas {plan.DataNodes.Count - 1}")
            .Line($"min-replicas-to-write {plan.Failover.MinReplicasToWrite}")
            .Line($"min-replicas-max-lag {plan.Failover.MinReplicasMaxLagS}")
            .Line()
            .Line("# Shows this node's life mark to its peers; without a meaning outside cluster mode.")
            .Line($"{LifeMarkSetting} {host.LifeMark}")
            .Lines(Extra(redis.Extra))
            .ToString();
    }

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(NodePlan plan, HostFacts host)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        return new(layout.ServerConfig, Render(plan, host), "0640", layout.User);
    }

    private static IEnumerable<string> Extra(IReadOnlyList<string> lines) => lines.Count == 0 ? [] : ["", "# From the spec", .. lines];
}
