using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Rootfs;

namespace RedisHaBake.Lab.Tests;

/// <summary>Stock machines reach what this computer's apt reaches, under the same names, and nothing else.</summary>
public class WayOutTests
{
    private static readonly AptSources _sources = new(
        ["deb [signed-by=/k] http://mirror.example/debian trixie main", "deb http://mirror.example/debian trixie-updates main", "deb http://10.1.2.3:8080/security trixie-security main"],
        []);

    [Fact]
    public void Each_archive_is_reached_once_by_its_name()
    {
        var way = WayOut.To("/x/agent.deb", _sources, [new("https://packages.example/deb")]);
        Assert.Equal([new("mirror.example", 80, "198.51.100.10"), new("10.1.2.3", 8080, "10.1.2.3"), new Forward("packages.example", 443, "198.51.100.12")], way.Forwards);
        Assert.Contains("198.51.100.10 mirror.example\n", way.Hosts(), StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.2.3", way.Hosts(), StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', _sources.Lines) + "\n", way.SourcesList());
    }

    [Fact]
    public void A_proxy_on_this_computers_loopback_has_another_address_inside_and_never_gets_the_agents_package()
    {
        var way = WayOut.To("/x/agent.deb", _sources with { Options = ["Acquire::http::Proxy \"http://127.0.0.1:3142\";"] }, []);
        Assert.Contains(new("127.0.0.1", 3142, "198.51.100.12"), way.Forwards);
        Assert.Equal("Acquire::http::Proxy \"http://198.51.100.12:3142\";\nAcquire::http::Proxy::198.51.100.1 \"DIRECT\";\n", way.AptConf());
    }

    [Fact]
    public void The_agents_package_has_a_URL() => Assert.Equal("http://198.51.100.1/agent.deb", WayOut.UrlOf("/x/agent.deb"));
}
