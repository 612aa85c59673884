using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Images;

/// <summary>What a VM of a baked image can run.</summary>
/// <param name="Word">Its name in variable files and stamps.</param>
/// <param name="What">What it carries, for people.</param>
/// <param name="Roles">The node roles that it serves.</param>
internal sealed record ImageRole(string Word, string What, IReadOnlyList<NodeRole> Roles)
{
    /// <summary>Every kind of image, the smallest first.</summary>
    public static IReadOnlyList<ImageRole> All { get; } =
    [
        new("sentinel", "Sentinel alone", [NodeRole.Sentinel]),
        new("proxy", "HAProxy and keepalived", [NodeRole.Haproxy]),
        new("data", "Redis or Valkey, and Sentinel", [NodeRole.Redis, NodeRole.Sentinel]),
        new("all", "everything", [NodeRole.Redis, NodeRole.Sentinel, NodeRole.Haproxy]),
    ];

    /// <summary>The smallest image for <paramref name="node"/>.</summary>
    public static ImageRole For(PlannedNode node) => All.First(image => image.Serves(node));

    /// <summary>Whether it has all that <paramref name="node"/> runs.</summary>
    public bool Serves(PlannedNode node) => node.Roles.All(Roles.Contains);
}
