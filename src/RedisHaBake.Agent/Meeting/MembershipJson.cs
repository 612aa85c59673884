using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Meeting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Membership))]
[JsonSerializable(typeof(MeetingState))]
internal sealed partial class MembershipJson : JsonSerializerContext;
