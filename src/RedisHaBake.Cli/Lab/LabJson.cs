using System.Text.Json.Serialization;
using RedisHaBake.Lab.Drills;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cli.Lab;

/// <summary>The lab's records for programs; generated, since native code has no reflection to write them with.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(IReadOnlyList<NodeView>))]
[JsonSerializable(typeof(DrillRun))]
internal sealed partial class LabJson : JsonSerializerContext;
