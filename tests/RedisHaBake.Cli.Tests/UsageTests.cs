using System.Text.Json.Nodes;
using RedisHaBake.Cli.Trial;

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
    [InlineData("error: --output xml: expected text or json\n", "validate", "--output", "xml")]
    [InlineData("error: --output jsn: expected text or json; did you mean json?\n", "validate", "--output", "jsn")]
    [InlineData("error: shell tcsh: expected bash, zsh or fish\n", "completion", "tcsh")]
    [InlineData("error: <shell> is missing; expected: bash, zsh or fish.\n", "completion")]
    [InlineData("error: --os ubuntu-2204: expected ubuntu-22.04, ubuntu-24.04, debian-12 or debian-13; did you mean ubuntu-22.04?\n", "init", "--os", "ubuntu-2204")]
    [InlineData("error: there is no option --ceck; did you mean --check?\n", "generate", "--ceck")]
    [InlineData("error: there is no option --bogus; expected one of --strict, --output, --quiet, --help\n", "validate", "--bogus")]
    [InlineData("error: -o stands 2 times; expected it once\n", "generate", "-o", "a", "-o", "b")]
    [InlineData("error: -o needs a value, found none; expected: Directory for the texts; - prints the user-data.\n", "generate", "-o")]
    [InlineData("error: --runs x: expected a whole number\n", "lab", "drill", "--runs", "x")]
    [InlineData("error: --runs 0: expected a number from 1 to 1000\n", "lab", "drill", "--runs", "0")]
    [InlineData("error: --seconds NaN: expected a number from 1 to 86400\n", "lab", "record", "--seconds", "NaN")]
    [InlineData("error: drill stp: expected switchover, stop, ", "lab", "drill", "stp")]
    [InlineData("error: there is no command /h; expected one of init, ", "/h")]
    [InlineData("error: there is no command @x; expected one of init, ", "@x")]
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

    [Theory]
    [InlineData("/h")]
    [InlineData("/?")]
    [InlineData("@x")]
    public async Task A_path_is_a_path_and_not_an_option(string path)
        => Assert.StartsWith($"error[E001]: {path} does not exist", (await Run.Of("validate", path)).Error);

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task An_output_that_takes_nothing_is_one_line_and_1(string words)
    {
        using var full = new FullWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Fault, await CommandLine.RunAsync(["schema", "--output", words], full, error));
        Assert.Contains("no space left on device; expected ", Assert.Single(error.ToString().TrimEnd('\n').Split('\n')));
        Assert.Equal(ExitCode.Fault, await CommandLine.RunAsync(["validate", "/none", "--output", words], full, full));
    }

    [Fact]
    public async Task A_closed_output_is_one_line_and_1()
    {
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Fault, await CommandLine.RunAsync(["schema"], () => throw new UnauthorizedAccessException("Bad file descriptor"), () => error, new NoPrograms()));
        Assert.StartsWith("error: the output cannot be written: ", Assert.Single(error.ToString().TrimEnd('\n').Split('\n')));
    }

    [Fact]
    public async Task A_fault_of_the_programs_own_is_one_line_and_1()
    {
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Fault, await CommandLine.RunAsync(["schema"], () => throw new InvalidOperationException("No such thing."), () => error, new NoPrograms()));
        Assert.EndsWith("No such thing. This is a fault of redishabake's own; please report it with the command.", Assert.Single(error.ToString().TrimEnd('\n').Split('\n')));
    }

    [Fact]
    public async Task Standard_input_is_no_spec()
        => Assert.StartsWith("error: standard input is no place for a spec: its passwords are kept in a file beside it", (await Run.Of("validate", "-")).Error);

    [Fact]
    public async Task Completion_offers_what_there_is()
    {
        var offered = (await Run.Of("[suggest:12]", "redishabake ")).Output.Split('\n');
        Assert.Contains("validate", offered);
        Assert.Contains("--help", offered);
        Assert.DoesNotContain(offered, o => o.StartsWith('/') || o == "-?");
        Assert.Equal(["json", "text"], (await Run.Of("[suggest:30]", "redishabake validate --output ")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
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

    private sealed class FullWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device", 28);
    }
}
