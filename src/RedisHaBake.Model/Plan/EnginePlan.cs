namespace RedisHaBake.Model.Plan;

/// <summary>Which server the data nodes run.</summary>
/// <param name="Kind">Redis or Valkey.</param>
/// <param name="Major">The pinned major version, so that a re-created node never comes up newer than its peers; 7 or more for Redis.</param>
public sealed record EnginePlan(EngineKind Kind, int Major);
