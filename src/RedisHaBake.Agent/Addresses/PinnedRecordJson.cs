using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Addresses;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PinnedRecord))]
internal sealed partial class PinnedRecordJson : JsonSerializerContext;
