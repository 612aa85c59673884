namespace RedisHaBake.Lab.Rootfs;

/// <summary>A distribution's archive.</summary>
/// <param name="Suites">The suites that this product knows.</param>
/// <param name="Main">Its public address.</param>
/// <param name="Security">The public address of its security updates.</param>
/// <param name="Components">The components that a node needs.</param>
/// <param name="Keyring">The keyring that signs it, where its keyring package is installed.</param>
internal sealed record ArchiveFamily(IReadOnlyList<string> Suites, string Main, string Security, string Components, string Keyring)
{
    private static readonly IReadOnlyList<ArchiveFamily> _all =
    [
        new(
            ["bookworm", "trixie"],
            "http://deb.debian.org/debian",
            "http://deb.debian.org/debian-security",
            "main",
            "/usr/share/keyrings/debian-archive-keyring.gpg"),
        new(
            ["jammy", "noble"],
            "http://archive.ubuntu.com/ubuntu",
            "http://security.ubuntu.com/ubuntu",
            "main universe",
            "/usr/share/keyrings/ubuntu-archive-keyring.gpg"),
    ];

    public static ArchiveFamily Of(string suite) => _all.FirstOrDefault(f => f.Suites.Contains(suite))
        ?? throw new LabException($"the lab has no root filesystem for \"{suite}\"; it knows {string.Join(", ", _all.SelectMany(f => f.Suites))}");
}
