using System.Text.RegularExpressions;
using RedisHaBake.Contract.Tests.Render;

namespace RedisHaBake.Contract.Tests.Package;

/// <summary>What an operator gets who installs the .deb.</summary>
public sealed class PackageContentTests(AgentPackage package) : IClassFixture<AgentPackage>
{
    [Fact]
    public void It_is_small_enough_for_a_small_machine()
    {
        Assert.InRange(package.Packed, 1, 8_000_000);
        Assert.InRange(package.Installed, 1, 25_000_000);
    }

    [Fact]
    public void It_brings_the_agent_its_units_and_their_settings_and_nothing_else()
        => Assert.Equal(
            [
                "-rwxr-xr-x /usr/bin/redishabake-agent",
                "-rwxr-xr-x /usr/lib/redishabake/check-proxy",
                "-rw-r--r-- /usr/lib/systemd/system-preset/80-redishabake.preset",
                "-rw-r--r-- /usr/lib/systemd/system/redishabake-agent.service",
                "-rw-r--r-- /usr/lib/systemd/system/redishabake-join.service",
                "-rw-r--r-- /usr/lib/tmpfiles.d/redishabake.conf",
                "-rw-r--r-- /usr/share/doc/redishabake-agent/changelog.gz",
                "-rw-r--r-- /usr/share/doc/redishabake-agent/copyright",
                "-rw-r--r-- /usr/share/doc/redishabake-agent/dotnet-notices.gz",
                "-rw-r--r-- /usr/share/lintian/overrides/redishabake-agent",
                "-rw-r--r-- /usr/share/man/man8/redishabake-agent.8.gz",
            ],
            AgentPackage.Must("dpkg-deb", "--contents", package.Deb).Split('\n')
                .Where(l => l.StartsWith('-'))
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .OrderBy(l => l[^1], StringComparer.Ordinal)
                .Select(l => l[1] == "root/root" ? $"{l[0]} {l[^1].TrimStart('.')}" : string.Join(' ', l)));

    [Fact]
    public void Lintian_finds_nothing_but_what_an_override_explains()
    {
        var (exitCode, output) = RealProgram.Run(
            "lintian", TimeSpan.FromMinutes(2), ["--allow-root", "--fail-on", "error,warning", package.Deb]);
        Assert.True(exitCode == 0 && !output.Contains("unused-override"), output);
        Assert.All(
            package.Text("/usr/share/lintian/overrides/redishabake-agent").TrimEnd().Split('\n').Chunk(2),
            pair => Assert.True(pair[0].StartsWith('#') && pair.Length == 2 && !pair[1].StartsWith('#'), $"no reason above: {string.Join('\n', pair)}"));
    }

    [Fact]
    public void Its_checksums_hold()
        => AgentPackage.Must("sh", "-c", $"cd '{package.Root}' && md5sum --check --quiet DEBIAN/md5sums && find usr -type f | wc -l | grep -qx $(wc -l < DEBIAN/md5sums)");

    [Fact]
    public void Packing_the_same_files_again_gives_the_same_bytes()
    {
        var again = package.Root + ".deb";
        try
        {
            var time = AgentPackage.Must("stat", "-c", "%Y", package.Root + "/usr/bin/redishabake-agent").Trim();
            AgentPackage.Must(
                "env", "SOURCE_DATE_EPOCH=" + time, "DPKG_DEB_THREADS_MAX=1", "dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", package.Root, again);
            Assert.Equal(File.ReadAllBytes(package.Deb), File.ReadAllBytes(again));
        }
        finally
        {
            File.Delete(again);
        }
    }

    [Fact]
    public void One_version_stands_everywhere()
    {
        var version = package.Field("Version");
        Assert.Equal(version, AgentPackage.Must(package.Binary, "--version").Trim());
        Assert.StartsWith($"redishabake-agent ({version}) ", package.Text("/usr/share/doc/redishabake-agent/changelog.gz").TrimStart());
        Assert.Contains(version, Path.GetFileName(package.Deb));
    }

    [Fact]
    public void The_manual_page_names_every_command_and_exit_code()
    {
        var help = AgentPackage.Must(package.Binary, "--help");
        var page = package.Text("/usr/share/man/man8/redishabake-agent.8.gz");
        Assert.All(
            Regex.Matches(help, @"^  (\w[\w-]*)", RegexOptions.Multiline).Select(m => m.Groups[1].Value),
            verb => Assert.Matches($@"(?m)^\.B[IR]? {verb}\b", page));
        Assert.All(
            Regex.Matches(help[help.IndexOf("exit:", StringComparison.Ordinal)..], @"\b(\d+) \w").Select(m => m.Groups[1].Value),
            code => Assert.Matches($@"(?m)^\.TP\n{code}$", page));
    }

    [Fact]
    public void The_agent_starts_before_cloud_init_has_ended()
    {
        // cloud-final waits for multi-user.target, which waits for the agent: an order after either would block the boot for ever.
        var after = package.Text("/usr/lib/systemd/system/redishabake-agent.service").Split('\n')
            .Where(l => l.StartsWith("After=", StringComparison.Ordinal) || l.StartsWith("Requires=", StringComparison.Ordinal));
        Assert.All(after, l => Assert.DoesNotMatch("cloud-final|cloud-init.target|multi-user|graphical", l));
    }

    [Fact]
    public void The_preset_wins_over_the_distribution()
    {
        // systemd goes by file name, first match first.
        Assert.True(string.CompareOrdinal("80-redishabake.preset", "90-systemd.preset") < 0);
        var root = Directory.CreateTempSubdirectory("redishabake-preset-").FullName;
        try
        {
            string[] theirs = ["redis-server", "redis-sentinel", "haproxy", "keepalived"];
            AgentPackage.Must("sh", "-c", $"""
                cp -r '{package.Root}/usr' '{root}/usr'
                echo 'enable *' > '{root}/usr/lib/systemd/system-preset/90-systemd.preset'
                for unit in {string.Join(' ', theirs)}; do
                  printf '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n' > '{root}/usr/lib/systemd/system/'$unit.service
                done
                systemctl --root='{root}' preset-all 2>&1
                """);
            Assert.Equal(
                ["redishabake-agent.service"],
                Directory.GetFiles(root + "/etc/systemd/system/multi-user.target.wants").Select(Path.GetFileName));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
