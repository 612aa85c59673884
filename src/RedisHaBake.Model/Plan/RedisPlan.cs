namespace RedisHaBake.Model.Plan;

/// <summary>Settings of Redis on the data nodes.</summary>
/// <param name="MaxMemory">Bytes of maxmemory; 0 is Redis's "no limit".</param>
/// <param name="MaxMemoryPolicy">Redis's maxmemory-policy.</param>
/// <param name="AppendOnly">Whether the append-only file is on (the tutorial's choice).</param>
/// <param name="AppendFsync">Redis's appendfsync: always, everysec or no.</param>
/// <param name="Save">Redis's save points, such as "3600 1 300 100"; empty for none.</param>
/// <param name="BacklogBytes">Redis's repl-backlog-size.</param>
/// <param name="Extra">Verbatim lines for redis.conf, after ours.</param>
/// <param name="SentinelExtra">Verbatim lines for sentinel.conf's first text, after ours.</param>
public sealed record RedisPlan(
    long MaxMemory,
    string MaxMemoryPolicy,
    bool AppendOnly,
    string AppendFsync,
    string Save,
    long BacklogBytes,
    IReadOnlyList<string> Extra,
    IReadOnlyList<string> SentinelExtra);
