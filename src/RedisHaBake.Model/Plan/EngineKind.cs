using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>The two servers that this product knows.</summary>
[JsonConverter(typeof(EngineKindConverter))]
public enum EngineKind
{
    /// <summary>Redis 7.0 or newer.</summary>
    Redis,

    /// <summary>Valkey 7.2 or newer.</summary>
    Valkey,
}
