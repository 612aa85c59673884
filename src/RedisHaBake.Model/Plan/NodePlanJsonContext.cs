using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    IndentSize = 1,
    NewLine = "\n")]
[JsonSerializable(typeof(NodePlan))]
internal sealed partial class NodePlanJsonContext : JsonSerializerContext;
