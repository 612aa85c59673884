using System.Net;
using System.Text.RegularExpressions;
using RedisHaBake.Cli;
using RedisHaBake.Contract.Tests.Render;
using YamlDotNet.RepresentationModel;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>What a stock VM installs by, as apt, the shell and systemd read it.</summary>
public sealed class InstallationTests(WorkedSpecs specs, Debian12 bookworm, Debian13 trixie)
    : IClassFixture<WorkedSpecs>, IClassFixture<Debian12>, IClassFixture<Debian13>
{
    public static TheoryData<string> Stock => [.. WorkedSpecs.Names.Where(n => n.EndsWith("stock", StringComparison.Ordinal))];

    [Theory]
    [InlineData("debian-12", "redis", 7, "5:7.")]
    [InlineData("debian-12", "redis", 8, "(none)")]
    [InlineData("debian-13", "redis", 8, "5:8.")]
    [InlineData("debian-13", "redis", 7, "(none)")]
    [InlineData("debian-13", "valkey", 8, "8.")]
    [InlineData("debian-13", "valkey", 9, "(none)")]
    public void Apt_installs_the_pinned_major_version_or_none(string os, string engine, int major, string candidate)
    {
        DebianSystem debian = os == "debian-12" ? bookworm : trixie;
        var text = Files(specs[$"tutorial, {os}, {engine}, stock"].Nodes[0])["/etc/apt/preferences.d/redishabake"];
        var path = debian.Write($"{engine}-{major}", Regex.Replace(text, @"\?[0-9]\[\.\]", $"?{major}[.]"));
        foreach (var package in (string[])["server", "sentinel", "tools"])
        {
            var (_, output) = debian.Run("apt-cache", "-o", "Dir::Etc::Preferences=" + path, "policy", $"{engine}-{package}");
            Assert.Contains("Candidate: " + candidate, output);
        }
    }

    [Theory]
    [MemberData(nameof(Stock))]
    public void The_shell_reads_the_script_and_systemd_the_unit(string name)
    {
        foreach (var node in specs.OnePerRole(name))
        {
            var files = Files(node);
            var script = trixie.Write($"{name.Replace(", ", "-")}-{node.Node}/install", files["/etc/redishabake/install"]);
            var (shell, said) = RealProgram.Run("sh", "-n", trixie.Root + script);
            Assert.True(shell == 0, said);
            File.SetUnixFileMode(trixie.Root + script, (UnixFileMode)0b111_101_101);

            var unit = trixie.Write(
                $"{name.Replace(", ", "-")}-{node.Node}/redishabake-install.service",
                files["/etc/systemd/system/redishabake-install.service"].Replace("/etc/redishabake/install", trixie.Root + script));
            var (verified, remarks) = RealProgram.Run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", trixie.Root + unit);
            Assert.True(verified == 0 && remarks.Trim().Length == 0, remarks);
        }
    }

    [Fact]
    public void The_agent_comes_from_the_first_URL_that_gives_the_right_file()
    {
        var served = new Dictionary<string, string> { ["/wrong.deb"] = "something else", ["/right.deb"] = "the agent" };
        using var server = Listen();
        var port = new Uri(server.Prefixes.Single()).Port;
        _ = Serve(server, served);
        var right = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("the agent"u8));
        var script = Files(specs["tutorial, debian-13, redis, stock"].Nodes[0])["/etc/redishabake/install"];
        var loop = script[script.IndexOf("for url in", StringComparison.Ordinal)..script.IndexOf("# The agent's package", StringComparison.Ordinal)]
            .Replace(new string('a', 64), right);

        Assert.Equal((0, "the agent"), Fetch("wrong", "right"));
        Assert.Equal((1, ""), Fetch("missing", "wrong"));

        (int ExitCode, string Got) Fetch(string one, string two)
        {
            var run = trixie.Write($"agent-{two}/run", "set -eu\ndeb=$(dirname $0)/got.deb\n" + loop
                .Replace("https://one.example.com/a.deb", $"http://127.0.0.1:{port}/{one}.deb")
                .Replace("http://two.example.com/a.deb", $"http://127.0.0.1:{port}/{two}.deb"));
            var got = trixie.Root + Path.GetDirectoryName(run) + "/got.deb";
            var (exitCode, output) = trixie.Run("sh", run);
            Assert.DoesNotContain("syntax", output);
            return (exitCode, exitCode == 0 ? File.ReadAllText(got) : "");
        }
    }

    // It cannot be asked for any free port; other tests' servers and clients have some.
    private static HttpListener Listen()
    {
        for (var left = 50; ; left--)
        {
            var server = new HttpListener();
            server.Prefixes.Add($"http://127.0.0.1:{Random.Shared.Next(20_000, 32_000)}/");
            try
            {
                server.Start();
                return server;
            }
            catch (HttpListenerException) when (left > 0)
            {
                server.Close();
            }
        }
    }

    private static async Task Serve(HttpListener server, Dictionary<string, string> files)
    {
        while (server.IsListening)
        {
            var context = await server.GetContextAsync();
            var found = files.TryGetValue(context.Request.Url!.AbsolutePath, out var text);
            context.Response.StatusCode = found ? 200 : 404;
            context.Response.Close(System.Text.Encoding.ASCII.GetBytes(text ?? ""), willBlock: false);
        }
    }

    private static Dictionary<string, string> Files(NodeTexts node)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(node.UserData));
        var files = (YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode)["write_files"];
        return files.ToDictionary(f => ((YamlScalarNode)f["path"]).Value!, f => ((YamlScalarNode)f["content"]).Value!);
    }
}
