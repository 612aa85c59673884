using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Boot;

[JsonSourceGenerationOptions(JsonSerializerDefaults.General, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BootReport))]
internal sealed partial class BootReportJson : JsonSerializerContext;
