using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Join;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JoinState))]
internal sealed partial class JoinStateJson : JsonSerializerContext;
