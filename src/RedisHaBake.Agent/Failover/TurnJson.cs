using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Failover;

[JsonSerializable(typeof(List<Turn>))]
internal sealed partial class TurnJson : JsonSerializerContext;
