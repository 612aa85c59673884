using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Join;

/// <summary>How far this node's join is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JoinPhase>))]
public enum JoinPhase
{
    /// <summary>It is waiting for something that it cannot bring about.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting,

    /// <summary>It is acting.</summary>
    [JsonStringEnumMemberName("acting")] Acting,

    /// <summary>This node is a settled member.</summary>
    [JsonStringEnumMemberName("settled")] Settled,
}
