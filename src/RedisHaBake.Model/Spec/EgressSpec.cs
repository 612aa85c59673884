namespace RedisHaBake.Model.Spec;

/// <summary>How the VMs get out to the internet, as far as they need it to install.</summary>
/// <param name="Via">The node through which the others install; null where there is none.</param>
/// <param name="Port">The TCP port of the proxy there.</param>
/// <param name="Nobody">Whether no VM has internet and none goes through another: for images that carry everything.</param>
public sealed record EgressSpec(string? Via, int Port, bool Nobody)
{
    /// <summary>The usual port of a forward proxy.</summary>
    public const int UsualPort = 3128;

    /// <summary>Every VM has internet itself.</summary>
    public static EgressSpec Own { get; } = new(null, UsualPort, Nobody: false);

    /// <summary>Whether <paramref name="node"/> installs through another.</summary>
    public bool IsPrivate(string node) => Via is not null && Via != node;
}
