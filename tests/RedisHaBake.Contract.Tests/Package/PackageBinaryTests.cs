using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RedisHaBake.Contract.Tests.Package;

/// <summary>The agent's binary must run on Ubuntu 22.04 and on everything newer, with what every systemd machine has.</summary>
public sealed class PackageBinaryTests(AgentPackage package) : IClassFixture<AgentPackage>
{
    [Fact]
    public void It_asks_for_nothing_newer_than_Ubuntu_22_04_has()
    {
        var symbols = AgentPackage.Must("readelf", "--version-info", "--wide", package.Binary);
        Assert.InRange(Newest(symbols, "GLIBC"), new Version(2, 2), new Version(2, 35));
    }

    [Fact]
    public void It_is_linked_to_the_C_library_only()
    {
        var needed = Regex.Matches(AgentPackage.Must("readelf", "--dynamic", "--wide", package.Binary), @"Shared library: \[([^\]]+)\]")
            .Select(m => m.Groups[1].Value);
        Assert.Subset(
            new HashSet<string> { "libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2" },
            needed.ToHashSet());
    }

    [Fact]
    public void It_answers_within_150_ms()
    {
        // Hooks run around each start and stop of Redis: their start-up is part of every outage. The best of ten, as the machine may be busy.
        var best = Enumerable.Range(0, 10).Min(_ =>
        {
            var from = Stopwatch.GetTimestamp();
            AgentPackage.Must(package.Binary, "--version");
            return Stopwatch.GetElapsedTime(from);
        });
        Assert.InRange(best.TotalMilliseconds, 1, 150);
    }

    private static Version Newest(string symbols, string library)
        => Regex.Matches(symbols, $@"\b{library}_(\d+(\.\d+)+)").Select(m => Version.Parse(m.Groups[1].Value)).Max()!;
}
