using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Rootfs;

/// <summary>What a root filesystem is made of; two equal recipes share one in the cache.</summary>
/// <param name="Suite">The distribution's suite, such as bookworm.</param>
/// <param name="Packages">Names of the packages beside the essential ones.</param>
/// <param name="Archive">A further archive, where the engine is not the distribution's own.</param>
public sealed record RootfsRecipe(string Suite, IReadOnlyList<string> Packages, EngineArchive? Archive = null)
{
    // Raise it when the way a root filesystem is made changes.
    private const int Format = 3;

    // What a cloud image has, as far as a node needs it, and what a person who looks around expects. Ubuntu's minimal variant comes
    // without apt.
    private static readonly IReadOnlyList<string> _system =
    [
        "systemd", "systemd-sysv", "dbus", "udev", "cloud-init", "netplan.io", "iproute2", "nftables", "kmod", "procps", "apt",
        "ca-certificates", "curl", "iputils-ping", "less",
    ];

    private static readonly IReadOnlyList<string> _baked = ["haproxy", "keepalived"];

    /// <summary>A machine that installs everything by its text.</summary>
    public static RootfsRecipe Stock(string suite) => new(suite, _system);

    /// <summary>The packages of a node with every role.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="engine">The server.</param>
    /// <param name="archive">Where the server comes from, unless from the distribution itself.</param>
    public static RootfsRecipe Baked(string suite, EngineKind engine, EngineArchive? archive = null)
        => new(suite, [.. _system, .. _baked, .. EngineLayout.For(engine).Packages], archive);

    /// <summary>Name of the cached directory.</summary>
    public string Key
        => Suite + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Format} {Suite} {string.Join(' ', Packages)} {Archive}")))[..12];
}
