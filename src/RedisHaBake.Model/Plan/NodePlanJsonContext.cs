using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodePlan))]
internal sealed partial class NodePlanJsonContext : JsonSerializerContext;
