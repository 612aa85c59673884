namespace RedisHaBake.Model.Plan;

/// <summary>The words of a plan for each role.</summary>
public sealed class NodeRoleConverter() : WordConverter<NodeRole>(("redis", NodeRole.Redis), ("sentinel", NodeRole.Sentinel), ("haproxy", NodeRole.Haproxy));
