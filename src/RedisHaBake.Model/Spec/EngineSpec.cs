using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Spec;

/// <summary>Which server the data nodes run, and which archive it comes from.</summary>
/// <param name="Kind">Redis or Valkey.</param>
/// <param name="Major">The pinned major version.</param>
/// <param name="Source">The archive.</param>
/// <param name="KeyFile">Path of another signing key for packages.redis.io; empty for the one that comes with the product.</param>
public sealed record EngineSpec(EngineKind Kind, int Major, EngineSource Source, string KeyFile);
