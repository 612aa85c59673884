namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>Debian 13: Redis 8.0, Valkey 8.1, HAProxy 3.0, keepalived 2.3, cloud-init 25.1, nftables 1.1, systemd 257.</summary>
public sealed class Debian13() : DebianSystem("trixie", ",valkey-server,valkey-sentinel");
