using System.Net;
using RedisHaBake.Cli;
using RedisHaBake.Contract.Tests.Render;
using YamlDotNet.RepresentationModel;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>What a stock VM installs by, as apt, the shell and systemd read it.</summary>
public sealed class InstallationTests(WorkedSpecs specs, Debian13 trixie) : IClassFixture<WorkedSpecs>, IClassFixture<Debian13>
{
    public static TheoryData<string> Stock => [.. WorkedSpecs.Names.Where(n => n.EndsWith("stock", StringComparison.Ordinal))];

    [Theory]
    [InlineData("redis", 8, "5:8.")]
    [InlineData("redis", 7, "(none)")]
    [InlineData("valkey", 8, "8.")]
    [InlineData("valkey", 9, "(none)")]
    public void Apt_installs_the_pinned_major_version_or_none(string engine, int major, string candidate)
    {
        var text = Files(specs[$"tutorial, {engine}, stock"].Nodes[0])["/etc/apt/preferences.d/redishabake"];
        var path = trixie.Write($"{engine}-{major}", text.Replace("?8[.]", $"?{major}[.]"));
        foreach (var package in (string[])["server", "sentinel", "tools"])
        {
            var (_, output) = Debian13.Run("apt-cache", "-o", "Dir::Etc::Preferences=" + path, "policy", $"{engine}-{package}");
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
            var (shell, said) = RealProgram.Run("sh", "-n", Debian13.Root + script);
            Assert.True(shell == 0, said);
            File.SetUnixFileMode(Debian13.Root + script, (UnixFileMode)0b111_101_101);

            var unit = trixie.Write(
                $"{name.Replace(", ", "-")}-{node.Node}/redishabake-install.service",
                files["/etc/systemd/system/redishabake-install.service"].Replace("/etc/redishabake/install", Debian13.Root + script));
            var (verified, remarks) = RealProgram.Run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", Debian13.Root + unit);
            Assert.True(verified == 0 && remarks.Trim().Length == 0, remarks);
        }
    }

    [Fact]
    public void The_agent_comes_from_the_first_URL_that_gives_the_right_file()
    {
        var served = new Dictionary<string, string> { ["/wrong.deb"] = "something else", ["/right.deb"] = "the agent" };
        using var server = new HttpListener();
        var port = Random.Shared.Next(20_000, 60_000);
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        _ = Serve(server, served);
        var right = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("the agent"u8));
        var script = Files(specs["tutorial, redis, stock"].Nodes[0])["/etc/redishabake/install"];
        var loop = script[script.IndexOf("got=no", StringComparison.Ordinal)..script.IndexOf("apt install \"$deb\"", StringComparison.Ordinal)]
            .Replace(new string('0', 64), right);

        Assert.Equal((0, "the agent"), Fetch("wrong", "right"));
        Assert.Equal((1, ""), Fetch("missing", "wrong"));

        (int ExitCode, string Got) Fetch(string one, string two)
        {
            var run = trixie.Write($"agent-{two}/run", "set -eu\ndeb=$(dirname $0)/got.deb\n" + loop
                .Replace("https://one.example.com/a.deb", $"http://127.0.0.1:{port}/{one}.deb")
                .Replace("http://two.example.com/a.deb", $"http://127.0.0.1:{port}/{two}.deb"));
            var got = Debian13.Root + Path.GetDirectoryName(run) + "/got.deb";
            var (exitCode, output) = Debian13.Run("sh", run);
            Assert.DoesNotContain("syntax", output);
            return (exitCode, exitCode == 0 ? File.ReadAllText(got) : "");
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
