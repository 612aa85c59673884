using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>The node through which the others, which have no internet, get packages and the agent.</summary>
/// <param name="Via">Its name, or <see cref="Words.None"/> where every node has internet itself or needs none.</param>
/// <param name="Port">The TCP port of its forward proxy; 0 where there is none.</param>
public sealed record EgressPlan(string Via, int Port)
{
    /// <summary>No node installs through another.</summary>
    public static EgressPlan None { get; } = new(Words.None, 0);

    /// <summary>Whether nodes install through another.</summary>
    [JsonIgnore]
    public bool Exists => Via != Words.None;
}
