using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Rootfs;

/// <summary>What a root filesystem is made of; two equal recipes share one in the cache.</summary>
/// <param name="Suite">The distribution's suite, such as bookworm.</param>
/// <param name="Packages">Names of the packages beside the essential ones.</param>
public sealed record RootfsRecipe(string Suite, IReadOnlyList<string> Packages)
{
    // Raise it when the way a root filesystem is made changes.
    private const int Format = 2;

    // What a cloud image has, as far as a node needs it, and what a person who looks around expects.
    private static readonly IReadOnlyList<string> _system =
    [
        "systemd", "systemd-sysv", "dbus", "udev", "cloud-init", "netplan.io", "iproute2", "nftables", "kmod", "procps",
        "ca-certificates", "curl", "iputils-ping", "less", "libgcc-s1", "libstdc++6", "haproxy", "keepalived",
    ];

    /// <summary>The packages of a node with every role.</summary>
    public static RootfsRecipe For(string suite, EngineKind engine) => new(suite, [.. _system, .. EngineLayout.For(engine).Packages]);

    /// <summary>Name of the cached directory.</summary>
    public string Key
        => Suite + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Format} {Suite} {string.Join(' ', Packages)}")))[..12];
}
