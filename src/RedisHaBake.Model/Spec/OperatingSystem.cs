namespace RedisHaBake.Model.Spec;

/// <summary>An operating system that the agent runs on, with what its archive ships.</summary>
/// <param name="Name">The spec's word, such as ubuntu-22.04.</param>
/// <param name="Suite">The archive's suite, such as jammy.</param>
/// <param name="Haproxy">Its HAProxy version, for previews.</param>
/// <param name="Redis">Its own Redis version.</param>
/// <param name="Valkey">Its own Valkey version, or 0.0 where it has none.</param>
/// <param name="CloudInit">Its cloud-init version.</param>
/// <param name="Keepalived">Its keepalived version.</param>
public sealed record OperatingSystem(string Name, string Suite, Version Haproxy, Version Redis, Version Valkey, Version CloudInit, Version Keepalived)
{
    /// <summary>Every supported system, oldest first per family (versions from the distributions' own package lists).</summary>
    public static IReadOnlyList<OperatingSystem> All { get; } =
    [
        new("ubuntu-22.04", "jammy", new(2, 4, 24), new(6, 0, 16), new(0, 0), new(22, 1), new(2, 2, 4)),
        new("ubuntu-24.04", "noble", new(2, 8, 5), new(7, 0, 15), new(7, 2, 5), new(24, 1), new(2, 2, 8)),
        new("debian-12", "bookworm", new(2, 6, 12), new(7, 0, 15), new(0, 0), new(22, 4, 2), new(2, 2, 7)),
        new("debian-13", "trixie", new(3, 0, 11), new(8, 0, 2), new(8, 1, 1), new(25, 1, 4), new(2, 3, 3)),
    ];
}
