using System.Diagnostics;
using System.Text;
using RedisHaBake.Samples;

namespace RedisHaBake.Cli.Tests.Rules;

/// <summary>Files that no editor of specs would write: one clear line, bounded time, no stack trace.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private const string Good = """
        apiVersion: redishabake/v1
        name: shop
        cidr: 10.10.90.0/24
        os: debian-12
        baked: true
        nodes:
          - {name: redis-a, address: 10.10.90.37}
          - {name: redis-b, address: 10.10.90.227}
          - {name: redis-c, address: 10.10.90.147}

        """;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("redishabake-test-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task A_missing_file() => await Refused(Path.Combine(directory.FullName, "missing.yaml"), "E001", "missing");

    [Fact]
    public async Task A_directory() => await Refused(Directory.CreateDirectory(Path.Combine(directory.FullName, "spec")).FullName, "E001", "directory");

    [Fact]
    public async Task A_link_that_leads_to_itself()
    {
        var link = Path.Combine(directory.FullName, "link");
        File.CreateSymbolicLink(link, link);
        await Refused(link, "E001", "unreadable");
    }

    [Fact]
    public async Task Ten_megabytes() => await Refused(Write(Encoding.ASCII.GetBytes(new string('x', 10 << 20))), "E002", "large");

    [Fact]
    public async Task Zeroes_without_end() => await Refused("/dev/zero", "E001", "endless");

    [Fact]
    public async Task A_pipe_that_nobody_writes_to()
    {
        var pipe = Path.Combine(directory.FullName, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Refused(pipe, "E001", "pipe");

        var spec = Write(Encoding.ASCII.GetBytes(Good));
        foreach (var line in (string[])["secrets: pipe", "baked: false\nagent: {url: http://a.example/a, sha256: " + new string('a', 64) + "}\nengine: {source: packages.redis.io, key: pipe}"])
        {
            File.WriteAllText(spec, Good.Replace("baked: true", line));
            var run = await Timed(spec);
            Assert.Equal(ExitCode.Fault, run.Code);
            Assert.Contains("pipe", run.Error);
        }
    }

    // A read of it waits for what the kernel says next.
    [Fact]
    public async Task A_file_that_the_kernel_makes_up() => await Refused("/proc/kmsg", "E001", "kernel");

    [Fact]
    public async Task A_socket()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        var path = Path.Combine(directory.FullName, "socket");
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        await Refused(path, "E001", "socket");
    }

    [Fact]
    public async Task Latin_1() => await Refused(Write(Encoding.Latin1.GetBytes(Good + "# Müller\n")), "E003", "latin-1");

    [Fact]
    public async Task Utf_16() => await Refused(Write([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Good)]), "E003", "utf-16");

    [Fact]
    public async Task Random_bytes()
    {
        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        await Refused(Write(bytes), "E003", "random");
    }

    [Fact]
    public async Task Control_characters() => await Refused(Write(Encoding.ASCII.GetBytes("name: a\u0001b\u001b[2J\n")), "E", "control");

    [Fact]
    public async Task An_alias_bomb()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        await Refused(Write(Encoding.ASCII.GetBytes(bomb.ToString())), "E005", "bomb");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: {? ")]
    public async Task Nesting_without_end(string step)
    {
        var run = await Timed(Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(step, 200_000)))));
        Assert.Contains("error[E00", run.Error);
    }

    [Theory]
    [InlineData("a: b\n")]
    [InlineData("- b\n")]
    [InlineData("a,")]
    [InlineData("\"\\u0041\" ")]
    [InlineData("'a' \n")]
    [InlineData("# c\n")]
    public async Task A_megabyte_of_one_thing(string thing)
        => Assert.Contains("error[E", (await Timed(Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(thing, 1_000_000 / thing.Length)))))).Error);

    [Fact]
    public async Task Thousands_of_nodes()
    {
        var nodes = string.Concat(Enumerable.Range(0, 3000).Select(i => $"  - {{name: n{i}, address: 10.10.{i / 250}.{i % 250}}}\n"));
        Assert.Contains("error[E106]", (await Timed(Write(Encoding.ASCII.GetBytes(Good.Replace("nodes:\n", "nodes:\n" + nodes))))).Error);
    }

    [Fact]
    public async Task Windows_line_ends_and_a_byte_order_mark_are_read_as_if_they_were_not_there()
    {
        var windows = Write([0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(Good.ReplaceLineEndings("\r\n"))]);
        Assert.Equal(ExitCode.Good, (await Run.Of("validate", windows)).Code);
    }

    [Fact]
    public async Task A_terminal_is_not_steered_by_what_a_file_says()
    {
        var run = await Run.Of("validate", Write(Encoding.UTF8.GetBytes(Good + "app: {user: \"\\e]0;owned\\a\"}\n\"\\e[31m\": 1\n")));
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.DoesNotContain('\a', run.Error);
    }

    [Theory]
    [InlineData("hunter2\n")]
    [InlineData("users: hunter2\n")]
    [InlineData("users: [hunter2]\n")]
    [InlineData("internal: hunter2\n")]
    [InlineData("users:\n  app: !hunter2\n")]
    [InlineData("users:\n  app: &hunter2 x\n")]
    [InlineData("users:\n  app: *hunter2\n")]
    [InlineData("users:\n  app: hunter2: x\n")]
    [InlineData("users:\n  app: \"hunter2\\q\"\n")]
    [InlineData("users:\n  app: 'hunter2\n")]
    [InlineData("users:\n  app: @hunter2\n")]
    [InlineData("users:\n  app: %hunter2\n")]
    [InlineData("users:\n  app: {hunter2: x}\n")]
    [InlineData("users: {app: hunter2}}\n")]
    [InlineData("users:\n  app: |\n    hunter2\n    x\n")]
    [InlineData("users:\n  app: hunter2\n  app: hunter2\n")]
    [InlineData("users:\n\tapp: hunter2\n")]
    [InlineData("internal:\n  agent: hunter2\n")]
    [InlineData("- hunter2\n")]
    public async Task No_mistake_in_the_secrets_file_makes_a_message_show_a_password(string text)
    {
        var spec = Write(Encoding.ASCII.GetBytes(Good));
        var secrets = Path.Combine(directory.FullName, "cluster.secrets.yaml");
        File.WriteAllText(secrets, text);
        foreach (var run in new[] { await Run.Of("validate", spec), await Run.Of("validate", spec, "--output", "json") })
        {
            Assert.Equal(ExitCode.Fault, run.Code);
            Assert.DoesNotContain("hunter2", run.Error + run.Output);
        }
    }

    private async Task Refused(string path, string code, string name)
    {
        var run = await Timed(path);
        Assert.Equal(ExitCode.Fault, run.Code);
        Assert.Contains("error[" + code, run.Error);
        Assert.EndsWith("1 error\n", run.Error);
        Snapshot.Match(run.Error.Replace(directory.FullName + "/", ""), name, test: "Said");
    }

    private static async Task<Run> Timed(string path)
    {
        var clock = Stopwatch.StartNew();
        var run = await Run.Of("validate", path);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
        Assert.DoesNotContain("   at ", run.Error);
        Assert.True(run.Error.Length < 10_000, run.Error[..Math.Min(run.Error.Length, 2000)]);
        return run;
    }

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(directory.FullName, "cluster.yaml");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
