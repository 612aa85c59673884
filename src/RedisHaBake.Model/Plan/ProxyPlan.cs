namespace RedisHaBake.Model.Plan;

/// <summary>Settings of HAProxy.</summary>
/// <param name="StatsUser">User of the stats page.</param>
/// <param name="ConnectTimeoutMs">timeout connect.</param>
/// <param name="ClientTimeoutMs">timeout client; idle connections (pools, BLPOP, pub/sub) live this long.</param>
/// <param name="ServerTimeoutMs">timeout server.</param>
/// <param name="MaxConnections">Clients on each side, writes and reads; further ones wait.</param>
/// <param name="Extra">Verbatim lines for haproxy.cfg, after ours.</param>
/// <param name="KeepalivedExtra">Verbatim lines for keepalived.conf, after ours.</param>
public sealed record ProxyPlan(
    string StatsUser,
    int ConnectTimeoutMs,
    int ClientTimeoutMs,
    int ServerTimeoutMs,
    int MaxConnections,
    IReadOnlyList<string> Extra,
    IReadOnlyList<string> KeepalivedExtra);
