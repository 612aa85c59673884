namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>Debian 12: Redis 7.0, HAProxy 2.6, keepalived 2.2, cloud-init 22.4, nftables 1.0.6, systemd 252; no Valkey.</summary>
public sealed class Debian12() : DebianSystem("bookworm", "");
