using System.Security.Cryptography;
using System.Text;

namespace RedisHaBake.Cli.Files;

/// <summary>Whose texts a directory holds: a cluster is known by its secrets, which outlive a new name.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Id">Twelve hex digits that no other cluster has.</param>
internal sealed record OutOwner(string Cluster, string Id)
{
    private const string Mark = "# cluster ";

    /// <summary>The owner of what <paramref name="generation"/> made.</summary>
    public static OutOwner Of(Generation generation) => new(
        generation.Spec!.Name,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("texts of " + generation.Secrets!.Internal.ClusterId)))[..12]);

    /// <summary>The owner of what images of <paramref name="cluster"/> are made of: no texts, and no secret to know it by.</summary>
    public static OutOwner OfImages(string cluster)
        => new(cluster, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("images of " + cluster)))[..12]);

    /// <summary>The manifest's first line; sha256sum skips it.</summary>
    public override string ToString() => $"{Mark}{Cluster} {Id}";

    /// <summary>Reads such a line; null where it is none.</summary>
    public static OutOwner? Parse(string line)
        => line.StartsWith(Mark, StringComparison.Ordinal) && line[Mark.Length..].Split(' ') is [var cluster, { Length: 12 } id] ? new(cluster, id) : null;
}
