using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Engines;

/// <summary>Where an engine's packages (Debian's, Ubuntu's, packages.redis.io's) put things.</summary>
/// <param name="ServerUnit">systemd unit of the server.</param>
/// <param name="SentinelUnit">systemd unit of Sentinel.</param>
/// <param name="ServerBinary">Path of the server program.</param>
/// <param name="SentinelBinary">Path of the Sentinel program.</param>
/// <param name="ConfigDirectory">Directory of the configuration; the server must be able to write there (it rewrites by rename).</param>
/// <param name="ServerConfig">The server's configuration file.</param>
/// <param name="SentinelConfig">Sentinel's configuration and state file.</param>
/// <param name="ServerAcl">The server's aclfile.</param>
/// <param name="SentinelAcl">Sentinel's aclfile.</param>
/// <param name="DataDirectory">The server's working directory.</param>
/// <param name="User">The account that both run as; its group has the same name.</param>
/// <param name="Packages">The packages to install on a data or Sentinel node.</param>
public sealed record EngineLayout(
    string ServerUnit,
    string SentinelUnit,
    string ServerBinary,
    string SentinelBinary,
    string ConfigDirectory,
    string ServerConfig,
    string SentinelConfig,
    string ServerAcl,
    string SentinelAcl,
    string DataDirectory,
    string User,
    IReadOnlyList<string> Packages)
{
    /// <summary>The layout of <paramref name="kind"/>.</summary>
    public static EngineLayout For(EngineKind kind) => kind switch
    {
        EngineKind.Redis => Make("redis", ["redis-server", "redis-sentinel", "redis-tools"]),
        EngineKind.Valkey => Make("valkey", ["valkey-server", "valkey-sentinel", "valkey-tools"]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected redis or valkey"),
    };

    /// <summary>The file, beside the data, that says "this node was a member once": its life mark.</summary>
    public string LifeMark => DataDirectory + "/redishabake.life";

    private static EngineLayout Make(string name, IReadOnlyList<string> packages) => new(
        ServerUnit: name + "-server.service",
        SentinelUnit: name + "-sentinel.service",
        ServerBinary: "/usr/bin/" + name + "-server",
        SentinelBinary: "/usr/bin/" + name + "-sentinel",
        ConfigDirectory: "/etc/" + name,
        ServerConfig: $"/etc/{name}/{name}.conf",
        SentinelConfig: $"/etc/{name}/sentinel.conf",
        ServerAcl: $"/etc/{name}/users.acl",
        SentinelAcl: $"/etc/{name}/sentinel-users.acl",
        DataDirectory: "/var/lib/" + name,
        User: name,
        Packages: packages);
}
