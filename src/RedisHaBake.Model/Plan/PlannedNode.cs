namespace RedisHaBake.Model.Plan;

/// <summary>One node as every other node sees it.</summary>
/// <param name="Name">Host name.</param>
/// <param name="Address">Private IPv4 address, or <see cref="Words.Auto"/> while it is not known.</param>
/// <param name="Roles">What it runs; not empty, no role twice.</param>
public sealed record PlannedNode(string Name, string Address, IReadOnlyList<NodeRole> Roles)
{
    /// <summary>Whether the node has <paramref name="role"/>.</summary>
    public bool Has(NodeRole role) => Roles.Contains(role);

    /// <summary>Whether neither Redis nor Sentinel runs there, so that it cannot tell others who is there.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOnlyProxy => Roles is [NodeRole.Haproxy];
}
