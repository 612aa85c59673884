using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>What a node runs. A node may have several roles.</summary>
[JsonConverter(typeof(NodeRoleConverter))]
public enum NodeRole
{
    /// <summary>A data node: Redis (or Valkey).</summary>
    Redis,

    /// <summary>A vote: Redis Sentinel.</summary>
    Sentinel,

    /// <summary>A proxy: HAProxy, and keepalived where the addresses float.</summary>
    Haproxy,
}
