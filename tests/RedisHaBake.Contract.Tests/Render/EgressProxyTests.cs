using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>The way out of nodes without internet, with the real tinyproxy and nft: who may use it, and where it leads.</summary>
public sealed class EgressProxyTests(EgressProxyTests.Wire wire) : IClassFixture<EgressProxyTests.Wire>
{
    private const string Node = "10.10.90.37";

    private readonly PrivateNetwork network = wire.Network;

    [Theory]
    [InlineData("GET http://203.0.113.7/", 200)]
    [InlineData("GET http://203.0.113.7:443/", 200)]
    [InlineData("CONNECT 203.0.113.7:443", 200)]
    [InlineData("GET http://203.0.113.7:8080/", 500)]
    [InlineData("CONNECT 203.0.113.7:8080", 403)]
    [InlineData("CONNECT 203.0.113.7:22", 403)]
    [InlineData("GET http://169.254.169.254/", 500)]
    [InlineData("GET http://2852039166/", 500)]
    [InlineData("GET http://127.0.0.1/", 500)]
    [InlineData("GET http://localhost/", 500)]
    [InlineData("GET http://10.10.90.227/", 500)]
    [InlineData("GET http://192.168.7.7/", 500)]
    [InlineData("GET http://10.10.90.37:3128/", 500)]
    public void It_leads_to_ports_80_and_443_outside_and_nowhere_else(string request, int status) => Assert.Equal(status, Asked(network, request));

    [Fact]
    public void Nobody_outside_the_network_gets_an_answer_and_nothing_but_the_proxy_is_judged()
    {
        Assert.True(network.Answers("peer", Node, 3128));
        Assert.False(network.Answers("stranger", Node, 3128));
        // What has no socket, such as the reset for a closed port, and what is no proxy's.
        Assert.True(network.Answers("stranger", Node, 6379));
        Assert.True(network.Answers("peer", Node, 6379));
        Assert.Equal(0, network.Run("node", "timeout", "2", "bash", "-c", "exec 3<>/dev/tcp/169.254.169.254/80").ExitCode);
        Assert.Equal(0, network.Run("node", "timeout", "2", "bash", "-c", "exec 3<>/dev/tcp/203.0.113.7/8080").ExitCode);
    }

    private static int Asked(PrivateNetwork network, string request)
    {
        var (_, output) = network.Run("peer", "timeout", "20", "bash", "-c", $"exec 3<>/dev/tcp/{Node}/3128 && printf '{request} HTTP/1.0\\r\\nHost: x\\r\\n\\r\\n' >&3 && head -n 1 <&3");
        return output.Split(' ') is [_, var status, ..] && int.TryParse(status, out var code) ? code : 0;
    }

    /// <summary>A node with the proxy, a peer, a stranger and what they may or may not reach, all of it answering; made once for the class.</summary>
    public sealed class Wire : IDisposable
    {
        private static readonly NodePlan Plan = SampleLayouts.ThreeAllInOne() with { Schema = NodePlan.EgressSchema, Egress = new("redis-a", 3128) };

        private static readonly (string Machine, string Address, int Port)[] Servers =
        [
            ("archive", "203.0.113.7", 80), ("archive", "203.0.113.7", 443), ("archive", "203.0.113.7", 8080), ("peer", "10.10.90.227", 80),
            ("node", "127.0.0.1", 80), ("stranger", "192.168.7.7", 80), ("node", Metadata, 80),
        ];

        // The provider's metadata, as this node would have it.
        private const string Metadata = "169.254.169.254";

        private readonly string directory = Directory.CreateTempSubdirectory("redishabake-egress-").FullName;

        public Wire()
        {
            Network = new(("node", Node + "/24"), ("peer", "10.10.90.227/24"), ("archive", "203.0.113.7/24"), ("stranger", "192.168.7.7/24"));
            try
            {
                Make();
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        internal PrivateNetwork Network { get; }

        public void Dispose()
        {
            Network.Dispose();
            Directory.Delete(directory, recursive: true);
        }

        private void Make()
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
            // One wire, several networks: the node reaches the archive and the stranger the node.
            Ip("node", "route add 203.0.113.0/24 dev eth0");
            Ip("node", "route add 192.168.7.0/24 dev eth0");
            Ip("archive", "route add 10.10.90.0/24 dev eth0");
            Ip("stranger", "route add 10.10.90.0/24 dev eth0");
            Ip("node", $"address add {Metadata}/32 dev lo");
            foreach (var (machine, address, port) in Servers)
                Network.Start(machine, "python3", "-m", "http.server", "--bind", address, "--directory", directory, $"{port}");
            foreach (var file in EgressProxy.Files(Plan, Node))
                File.WriteAllText(Path.Combine(directory, Path.GetFileName(file.Path)), file.Content);
            // As the unit does it.
            Network.Start("node", "setpriv", "--reuid", "proxy", "--regid", "proxy", "--clear-groups", "/usr/bin/tinyproxy", "-d", "-c", Path.Combine(directory, "redishabake.conf"));
            foreach (var (machine, address, port) in Servers)
                Assert.True(SpinWait.SpinUntil(() => Network.Accepts(machine, address, port), TimeSpan.FromSeconds(60)), $"the server at {address}:{port} answers");
            Assert.True(SpinWait.SpinUntil(() => Network.Accepts("peer", Node, 3128), TimeSpan.FromSeconds(60)), "the proxy answers");
            Assert.True(Asked(Network, $"GET http://{Metadata}/") == 200, "without the rules it leads to the metadata");
            Nft(["-c", "-f", Path.Combine(directory, "egress.nft")]);
            Nft(["-f", Path.Combine(directory, "egress.nft")]);
        }

        private void Ip(string machine, string words)
        {
            var (exitCode, output) = Network.Run(machine, ["ip", .. words.Split(' ')]);
            Assert.True(exitCode == 0, output);
        }

        private void Nft(string[] words)
        {
            var (exitCode, output) = Network.Run("node", [FirewallNft.Program, .. words]);
            Assert.True(exitCode == 0, output);
        }
    }
}
