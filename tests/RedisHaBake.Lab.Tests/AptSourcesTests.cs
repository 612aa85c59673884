using RedisHaBake.Lab.Rootfs;

namespace RedisHaBake.Lab.Tests;

/// <summary>The lab's packages come from wherever this machine's own apt gets them.</summary>
public class AptSourcesTests
{
    private const string Uris = """
        'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_debian_dists_bookworm_InRelease 0
        'http://mirror.example/debian/dists/bookworm-updates/InRelease' mirror.example_debian_dists_bookworm-updates_InRelease 0
        'http://sec.example/debian-security/dists/bookworm-security/InRelease' x 0
        'http://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' y 0
        'https://tools.example/apt/dists/stable/InRelease' z 0
        """;

    [Fact]
    public void The_machines_own_mirror_is_used()
    {
        var sources = AptSources.Choose("bookworm", Uris, "");
        Assert.Contains(sources.Lines, line => line.EndsWith("http://mirror.example/debian bookworm main", StringComparison.Ordinal));
        Assert.Contains(sources.Lines, line => line.EndsWith("http://sec.example/debian-security bookworm-security main", StringComparison.Ordinal));
    }

    [Fact]
    public void The_mirror_serves_another_suite_of_the_family_too()
        => Assert.Contains(AptSources.Choose("trixie", Uris, "").Lines, line => line.EndsWith("http://mirror.example/debian trixie main", StringComparison.Ordinal));

    [Fact]
    public void Another_family_comes_from_its_public_archive()
        => Assert.All(AptSources.Choose("jammy", Uris, "").Lines, line => Assert.DoesNotContain("mirror.example", line, StringComparison.Ordinal));

    [Fact]
    public void Proxies_are_taken_over_and_nothing_else()
    {
        const string config = """
            APT::Architecture "amd64";
            Acquire::http::Proxy "http://proxy.example:3128";
            Acquire::Retries "3";
            Acquire::Languages "none";
            Dir::Etc "etc/apt";
            """;
        Assert.Equal(["Acquire::http::Proxy \"http://proxy.example:3128\";", "Acquire::Retries \"3\";"], AptSources.Choose("bookworm", Uris, config).Options);
    }

    [Fact]
    public void An_unknown_suite_is_refused_with_the_known_ones()
    {
        var error = Assert.Throws<LabException>(() => AptSources.Choose("buster", Uris, ""));
        Assert.Contains("bookworm, trixie", error.Message, StringComparison.Ordinal);
    }
}
