using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Boot;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PlanReport))]
[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class CommandReportJson : JsonSerializerContext;
