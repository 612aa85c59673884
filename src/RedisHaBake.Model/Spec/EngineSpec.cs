using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Spec;

/// <summary>Which server the data nodes run, and which archive it comes from.</summary>
/// <param name="Kind">Redis or Valkey.</param>
/// <param name="Major">The pinned major version.</param>
/// <param name="Source">The archive.</param>
public sealed record EngineSpec(EngineKind Kind, int Major, EngineSource Source);
