using System.Text.RegularExpressions;
using RedisHaBake.Samples;

namespace RedisHaBake.Cli.Tests.Rules;

/// <summary>Every message of this folder: NAME.yaml is a spec with one mistake, RulesTests.….verified.txt what is said about it.</summary>
public sealed partial class RulesTests
{
    private static readonly string Folder = Repository.At("tests", "RedisHaBake.Cli.Tests", "Rules");

    public static TheoryData<string> Mistakes => [.. Directory.GetFiles(Folder, "*.yaml")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Where(n => !n.EndsWith(".passwords", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_said_with_its_place_and_the_way_out(string mistake)
    {
        var run = await Run.Of("validate", Path.Combine(Folder, mistake + ".yaml"));

        var code = mistake[..4];
        Assert.Contains($"[{code}]", run.Error);
        Assert.Equal(run.Error.Contains("error[") ? ExitCode.Fault : ExitCode.Good, run.Code);
        Snapshot.Match(run.Error.Replace(Folder + "/", ""), mistake, test: "Message");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Only_with_strict_does_a_warning_fail(string mistake)
    {
        if (mistake[0] == 'W')
            Assert.Equal(ExitCode.Fault, (await Run.Of("validate", "--strict", Path.Combine(Folder, mistake + ".yaml"))).Code);
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

    [GeneratedRegex("\"(?<code>[EW][0-9]{3})\"", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?:error|warning)\[(?<code>[EW][0-9]{3})\]", RegexOptions.Multiline, 1000)]
    private static partial Regex Shown();
}
