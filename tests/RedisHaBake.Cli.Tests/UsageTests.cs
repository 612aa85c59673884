using System.Text.Json.Nodes;

namespace RedisHaBake.Cli.Tests;

/// <summary>The command line, right and wrong, in words and in JSON; init.</summary>
public sealed class UsageTests : SpecDirectory
{
    [Theory]
    [InlineData("E105", "--name", "Shop")]
    [InlineData("E203", "--node", "a=10.0.0.1")]
    [InlineData("E210", "--write", "10.10.90.37")]
    [InlineData("E223", "--node", "a=10.10.90.1", "--node", "b=10.10.90.2")]
    public async Task Init_writes_no_spec_that_validate_would_refuse(string code, params string[] options)
    {
        var run = await Run.Of(["init", Spec, .. options]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"error[{code}]", run.Error);
        Assert.Contains($"error: {Spec} is not written", run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(Here));
    }

    [Theory]
    [InlineData("generate", "--bogus")]
    [InlineData("generat")]
    [InlineData("validate", "")]
    [InlineData("generate", "cluster.yaml", "-o", "")]
    [InlineData("init", "")]
    [InlineData("validate", "one.yaml", "two.yaml")]
    [InlineData("validate", "--output", "xml")]
    [InlineData("completion", "csh")]
    [InlineData("init", "--node", "redis-a")]
    [InlineData("generate", "-o", "-", "--check")]
    [InlineData("lab", "upp")]
    public async Task Wrong_usage_is_64_with_a_line_that_says_why(params string[] args)
    {
        var run = await Run.Of(args);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("error: ", run.Error);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("lab", "--help")]
    [InlineData("generate", "-h")]
    public async Task A_question_about_the_program_is_answered(params string[] args)
    {
        var run = await Run.Of(args);
        Assert.Equal((ExitCode.Good, ""), (run.Code, run.Error));
        Assert.NotEmpty(run.Output);
    }

    [Theory]
    [InlineData("error: there is no command generat; did you mean generate?", "generat")]
    [InlineData("error: there is no command upp; did you mean up?", "lab", "upp")]
    [InlineData("error: a command is missing; expected one of init, validate, ", "-q")]
    [InlineData("error: there is no option --ceck; did you mean --check?", "generate", "a.yaml", "--ceck")]
    [InlineData("error: b.yaml is one argument too many", "validate", "a.yaml", "b.yaml")]
    [InlineData("error: -o needs a value, found --check; a shell variable may be unset", "generate", "a.yaml", "-o", "--check")]
    [InlineData("error: --out needs a value, found -q; a shell variable may be unset", "generate", "--out", "-q")]
    public async Task Wrong_usage_names_what_is_wrong_once(string said, params string[] args)
    {
        var run = await Run.Of(args);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith(said, run.Error);
        Assert.Equal(2, run.Error.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task Wrong_usage_is_json_too_where_json_is_asked_for()
    {
        var run = await Run.Of("validate", "a.yaml", "b.yaml", "--output", "json");
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Error));
        Assert.Contains("b.yaml", (string)JsonNode.Parse(run.Output)!["error"]!);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("generate")]
    [InlineData("preview")]
    [InlineData("secrets")]
    public async Task Json_is_one_document_with_its_formats_version_also_of_what_is_wrong(string command)
    {
        await Init();
        var good = JsonNode.Parse((await Run.Of([command, Spec, "--output", "json", .. Target(command)])).Output)!.AsObject();
        Assert.Equal(1, (int)good["format"]!);
        File.AppendAllText(Spec, "colour: red\n");
        var run = await Run.Of([command, Spec, "--output", "json", .. Target(command)]);
        var problem = JsonNode.Parse(run.Output)!["problems"]![0]!;
        Assert.Equal(ExitCode.Fault, run.Code);
        Assert.Equal("", run.Error);
        Assert.Equal(("E101", "colour", 1), ((string)problem["code"]!, (string)problem["path"]!, (int)problem["column"]!));

        string[] Target(string c) => c == "generate" ? ["-o", Out] : [];
    }

    [Fact]
    public async Task Quiet_says_only_what_is_wrong()
    {
        await Init();
        var run = await Run.Of("generate", Spec, "-o", Out, "--quiet");
        Assert.Equal(("", ""), (run.Output, run.Error));
    }

    [Fact]
    public async Task Init_does_not_overwrite_a_spec()
    {
        await Init();
        Assert.Equal(ExitCode.Fault, (await Run.Of("init", Spec)).Code);
    }
}
