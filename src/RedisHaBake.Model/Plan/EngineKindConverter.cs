namespace RedisHaBake.Model.Plan;

/// <summary>The words of a plan for each engine.</summary>
public sealed class EngineKindConverter() : WordConverter<EngineKind>(("redis", EngineKind.Redis), ("valkey", EngineKind.Valkey));
