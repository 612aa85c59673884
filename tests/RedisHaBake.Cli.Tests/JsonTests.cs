using System.Text.Json.Nodes;

namespace RedisHaBake.Cli.Tests;

/// <summary>--output json beside every command, right and wrong: one document with its format's version, and the exit code of the same run in words.</summary>
public sealed class JsonTests : SpecDirectory
{
    public static TheoryData<string> Runs =>
    [
        "--version", "--help", "lab --help", "", "generat", "lab", "lab upp", "lab fail redis-a", "lab drill --runs x",
        "validate SPEC", "validate BAD", "validate NONE", "validate --bogus", "validate SPEC --strict",
        "secrets SPEC", "secrets SPEC --check", "secrets BAD",
        "generate SPEC -o OUT", "generate SPEC -o OUT --check", "generate BAD -o OUT", "generate SPEC -o -", "generate SPEC -o - -n nobody", "generate SPEC -o - --check", "generate SPEC -o SPEC",
        "preview SPEC", "preview SPEC -f nothing", "preview BAD", "preview SPEC -n nobody",
        "image SPEC -o OUT", "image BAD -o OUT", "image SPEC -o SPEC", "image SPEC --role x",
        "init SPEC", "init NONE", "init NONE --name Shop", "init NONE --node x",
        "schema --markdown", "schema x", "completion bash", "completion tcsh", "completion",
    ];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Every_run_is_one_document_and_has_the_exit_code_of_words(string line)
    {
        var words = await InAFreshDirectory(line);
        var json = await InAFreshDirectory(line + " --output json");
        Assert.Equal(words.Code, json.Code);
        Assert.Equal("", json.Error);
        var document = JsonNode.Parse(json.Output)!.AsObject();
        Assert.Equal(("format", 1), (document.First().Key, (int)document["format"]!));
        if (json.Code is ExitCode.Fault or ExitCode.Usage)
            Assert.True(document.ContainsKey("error") || document.ContainsKey("problems"), json.Output);
        if (document.ContainsKey("error"))
            Assert.False((bool)document["good"]!);
    }

    [Fact]
    public async Task The_schema_is_json_already_and_the_same_with_the_option()
        => Assert.Equal((await Run.Of("schema")).Output, (await Run.Of("schema", "--output", "json")).Output);

    [Fact]
    public async Task Texts_for_people_are_members()
    {
        Assert.Equal((await Run.Of("completion", "zsh")).Output, (string)JsonNode.Parse((await Run.Of("completion", "zsh", "--output=json")).Output)!["script"]!);
        Assert.Equal((await Run.Of("--version")).Output, (string)JsonNode.Parse((await Run.Of("--version", "--output=json")).Output)!["version"]! + "\n");
    }

    [Theory]
    [InlineData("tour")]
    [InlineData("exec", "redis-a")]
    [InlineData("logs", "redis-a")]
    [InlineData("client")]
    public async Task What_passes_another_programs_output_on_has_none(params string[] verb)
    {
        var run = await Run.Of(["lab", .. verb, "--output", "json"]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith($"lab {verb[0]} has no JSON of its own", (string)JsonNode.Parse(run.Output)!["error"]!);
    }

    [Fact]
    public async Task A_starter_that_would_be_refused_says_why()
        => Assert.Equal("E105", (string)JsonNode.Parse((await Run.Of("init", Spec, "--name", "Shop", "--output", "json")).Output)!["problems"]![0]!["code"]!);

    private async Task<Run> InAFreshDirectory(string line)
    {
        foreach (var old in Directory.GetFileSystemEntries(Here))
        {
            if (Directory.Exists(old))
                Directory.Delete(old, recursive: true);
            else
                File.Delete(old);
        }

        await Init();
        var bad = Path.Combine(Here, "bad.yaml");
        File.WriteAllText(bad, File.ReadAllText(Spec) + "colour: red\n");
        return await Run.Of([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w switch
        {
            "SPEC" => Spec,
            "BAD" => bad,
            "NONE" => Path.Combine(Here, "none.yaml"),
            "OUT" => Out,
            _ => w,
        })]);
    }
}
