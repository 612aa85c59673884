using System.Text.RegularExpressions;
using RedisHaBake.Samples;

namespace RedisHaBake.Cli.Tests.Rules;

/// <summary>Every message of this folder: NAME.yaml is a spec with one mistake, RulesTests.….verified.txt what is said about it.</summary>
public sealed partial class RulesTests
{
    private static readonly string Folder = Repository.At("tests", "RedisHaBake.Cli.Tests", "Rules");

    // What hinders nobody before texts are handed out.
    private static readonly string[] OnlyGenerate = ["E290", "E293"];

    private const UnixFileMode EverybodyReads = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static TheoryData<string> Mistakes => [.. Directory.GetFiles(Folder, "*.yaml")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Where(n => !n.EndsWith(".passwords", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_said_with_its_place_and_the_way_out(string mistake)
    {
        var run = await Said(mistake);

        var code = mistake[..4];
        Assert.Contains($"[{code}]", run.Error);
        Assert.Equal(run.Error.Contains("error[") ? ExitCode.Fault : ExitCode.Good, run.Code);
        Snapshot.Match(run.Error, mistake, test: "Message");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Only_with_strict_does_a_warning_fail(string mistake)
    {
        if (mistake[0] != 'W')
            return;
        var run = await Said(mistake, "--strict");
        Assert.Equal(ExitCode.Fault, run.Code);
        Assert.EndsWith(": with --strict, warnings fail the run\n", run.Error);
    }

    [Fact]
    public void Every_code_of_the_source_has_its_message_here()
    {
        var codes = Directory.GetFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => f.StartsWith(Repository.At("src", "RedisHaBake.Model"), StringComparison.Ordinal) || f.StartsWith(Repository.At("src", "RedisHaBake.Cli"), StringComparison.Ordinal))
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups["code"].Value))
            .ToHashSet();
        var shown = Directory.GetFiles(Folder, "*.verified.txt").SelectMany(f => Shown().Matches(File.ReadAllText(f)).Select(m => m.Groups["code"].Value)).ToHashSet();

        Assert.NotEmpty(codes);
        Assert.Empty(codes.Except(shown));
    }

    private static async Task<Run> Said(string mistake, params string[] more)
    {
        // A copy: a checkout's files may be read by everybody, and only one of these mistakes is just that.
        var copy = Directory.CreateTempSubdirectory("redishabake-test-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Folder, mistake + ".*yaml"))
            {
                var target = Path.Combine(copy, Path.GetFileName(file));
                File.Copy(file, target);
                File.SetUnixFileMode(target, mistake.StartsWith("W605", StringComparison.Ordinal) ? EverybodyReads : UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            // Mistakes beside a spec stand in its first line.
            var first = File.ReadLines(Path.Combine(copy, mistake + ".yaml")).First();
            if (first.StartsWith("# redishabake ", StringComparison.Ordinal))
            {
                var beside = await Run.Of([.. first.Split(' ')[2..], .. more, Path.Combine(copy, mistake + ".yaml")]);
                return beside with { Error = beside.Error.Replace(copy + "/", "") };
            }

            string[] command = OnlyGenerate.Contains(mistake[..4]) ? ["generate", "-o", "-"] : ["validate"];
            var run = await Run.Of([.. command, .. more, Path.Combine(copy, mistake + ".yaml")]);
            return run with { Error = run.Error.Replace(copy + "/", "") };
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [GeneratedRegex("\"(?<code>[EW][0-9]{3})\"", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?:error|warning)\[(?<code>[EW][0-9]{3})\]", RegexOptions.Multiline, 1000)]
    private static partial Regex Shown();
}
