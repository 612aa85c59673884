using System.Text.Json.Nodes;
using RedisHaBake.Samples;

namespace RedisHaBake.Cli.Tests;

/// <summary>image, and what an image's stamp has to say to generate.</summary>
public sealed class ImageTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    private string Out => Path.Combine(directory, "out");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Each_kind_of_VM_of_a_spec_gets_its_variable_file()
    {
        Assert.Equal(["README.md", "data.pkrvars.hcl", "proxy.pkrvars.hcl"], await WrittenFor("proxies"));
        Snapshot.Match(File.ReadAllText(Path.Combine(Out, "data.pkrvars.hcl")), "data");
        Snapshot.Match(File.ReadAllText(Path.Combine(Out, "README.md")), "readme");
    }

    [Theory]
    [InlineData("tutorial", "all.pkrvars.hcl")]
    [InlineData("witness", "all.pkrvars.hcl sentinel.pkrvars.hcl")]
    [InlineData("sentinels", "all.pkrvars.hcl data.pkrvars.hcl")]
    public async Task A_node_gets_the_smallest_image_that_has_all_its_roles(string example, string files)
    {
        var written = await WrittenFor(example);
        Assert.All(files.Split(' '), f => Assert.Contains(f, written));
    }

    [Fact]
    public async Task No_password_goes_into_what_an_image_is_made_of()
    {
        await WrittenFor("five");
        var written = string.Concat(Directory.GetFiles(Out).Select(File.ReadAllText));
        Assert.All(
            File.ReadLines(Repository.At("cloud-init", "secrets.example.yaml")).Where(l => l.StartsWith("  ", StringComparison.Ordinal)),
            l => Assert.DoesNotContain(l.Split(": ", 2)[1].Trim('"'), written));
        Assert.DoesNotContain("passwordSha256", written);
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_a_changed_file_is_left_alone()
    {
        await WrittenFor("lab");
        Assert.All((await Image("lab")).Error.Trim().Split('\n'), l => Assert.EndsWith(": unchanged", l));
        var file = Path.Combine(Out, "all.pkrvars.hcl");
        File.AppendAllText(file, "disk_size = \"9G\"\n");
        var refused = await Image("lab");
        Assert.Equal(ExitCode.Fault, refused.Code);
        Assert.Contains($"{file}: changed since redishabake wrote it", refused.Error);
        Assert.Contains("9G", File.ReadAllText(file));
    }

    [Fact]
    public async Task A_directory_with_texts_is_left_alone()
    {
        await Run.Of("generate", Spec("lab"), "-o", Out);
        var refused = await Image("lab");
        Assert.Equal(ExitCode.Fault, refused.Code);
        Assert.Contains($"{Out} holds what was generated for cluster tutorial", refused.Error);
        Assert.True(File.Exists(Path.Combine(Out, "redis-a.user-data")));
    }

    [Fact]
    public async Task An_image_that_fits_lets_the_texts_be_written()
    {
        var run = await Generate("lab", Stamp());
        Assert.Equal(ExitCode.Good, run.Code);
        Assert.True(File.Exists(Path.Combine(Out, "redis-a.user-data")));
    }

    [Theory]
    [InlineData("lab", "planSchema", 0, "reads plans up to schema 0, this program writes schema 1; build the image with the agent that belongs to this program")]
    [InlineData("lab", "suite", "trixie", "it is debian-13, the spec says os: debian-12")]
    [InlineData("lab", "engine", "valkey", "it carries valkey 7, the spec wants redis 7")]
    [InlineData("lab", "engineMajor", 8, "it carries redis 8, the spec wants redis 7")]
    [InlineData("lab", "role", "data", "redis-a is redis, sentinel, haproxy, more than an image for role data has; build one for role all, and name it too")]
    [InlineData("tutorial", "suite", "jammy", "the spec's texts would install all of it again; set baked: true")]
    public async Task An_image_that_does_not_fit_is_refused_before_a_text_is_written(string example, string member, object value, string expected)
    {
        var stamp = Stamp();
        stamp[member] = JsonValue.Create(value);
        foreach (var run in (Run[])[await Generate(example, stamp), await Image(example, "--image", StampFile(stamp))])
        {
            Assert.Equal(ExitCode.Fault, run.Code);
            Assert.Contains(expected, run.Error);
            Assert.False(Directory.Exists(Out));
        }
    }

    [Fact]
    public async Task Several_images_serve_a_spec_together()
    {
        var (data, proxy) = (Path.Combine(directory, "data.json"), Path.Combine(directory, "proxy.json"));
        foreach (var (path, role) in new[] { (data, "data"), (proxy, "proxy") })
        {
            var stamp = Stamp();
            (stamp["role"], stamp["suite"], stamp["engineMajor"]) = (role, "noble", 8);
            File.WriteAllText(path, stamp.ToJsonString());
        }

        var baked = Path.Combine(directory, "cluster.yaml");
        File.WriteAllText(baked, File.ReadAllText(Spec("proxies")).Replace("secrets: ../", $"baked: true\nsecrets: {Repository.At("cloud-init")}/", StringComparison.Ordinal));
        var both = await Run.Of("generate", baked, "-o", Out, "--image", data, "--image", proxy);
        Assert.True(both.Code == ExitCode.Good, both.Error);
        var one = await Run.Of("generate", baked, "-o", Out, "--image", data);
        Assert.Equal(ExitCode.Fault, one.Code);
        Assert.Contains("proxy-1 is haproxy, more than an image for role data has; build one for role proxy", one.Error);
    }

    [Theory]
    [InlineData("""{"format": 2}""", "has format 2; expected 1")]
    [InlineData("""{"format": 1, "role": "router"}""", "is no image's stamp; expected the .json that `make image` leaves")]
    [InlineData("""[]""", "is no image's stamp")]
    [InlineData("""no json""", "is no image's stamp")]
    public async Task A_stamp_that_cannot_be_read_is_refused_with_what_was_expected(string text, string expected)
    {
        var path = Path.Combine(directory, "stamp.json");
        File.WriteAllText(path, text);
        var run = await Run.Of("generate", Spec("lab"), "-o", Out, "--image", path);
        Assert.Equal(ExitCode.Fault, run.Code);
        Assert.Contains(expected, run.Error);
        Assert.Contains(path, run.Error);
    }

    private static string Spec(string example) => Repository.At("cloud-init", example, "cluster.yaml");

    private static JsonObject Stamp() => new()
    {
        ["format"] = 1,
        ["role"] = "all",
        ["suite"] = "bookworm",
        ["engine"] = "redis",
        ["engineMajor"] = 7,
        ["agent"] = "0.1.0",
        ["planSchema"] = 1,
    };

    private Task<Run> Image(string example, params string[] more) => Run.Of(["image", Spec(example), "-o", Out, .. more]);

    private Task<Run> Generate(string example, JsonObject stamp) => Run.Of("generate", Spec(example), "-o", Out, "--image", StampFile(stamp));

    private string StampFile(JsonObject stamp)
    {
        var path = Path.Combine(directory, "stamp.json");
        File.WriteAllText(path, stamp.ToJsonString());
        return path;
    }

    private async Task<IReadOnlyList<string>> WrittenFor(string example)
    {
        var run = await Image(example);
        Assert.True(run.Code == ExitCode.Good, run.Error);
        return [.. Directory.GetFiles(Out).Select(f => Path.GetFileName(f)).Where(f => f[0] != '.').Order(StringComparer.Ordinal)];
    }
}
