using System.Text.Json.Serialization;

namespace RedisHaBake.Lab.Machines;

/// <summary>How a lab's state stands on disk; generated, since native code has no reflection to write it with.</summary>
[JsonSerializable(typeof(LabState))]
internal sealed partial class LabStateJson : JsonSerializerContext;
