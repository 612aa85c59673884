using System.Text.RegularExpressions;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot;

/// <summary>What a server or Sentinel says of a text that it rejects, for a person: without numbers that differ at each try, and without secrets.</summary>
public static partial class EngineWords
{
    private const int Most = 4;

    // Its warnings of a start that has not failed.
    private static readonly string[] Noise = ["oO0OoO0OoO0Oo", " version=", "Configuration loaded", "Server initialized", "WARNING ", "maximum open files"];

    /// <summary>The last of its sentences that tell why, or <paramref name="otherwise"/>.</summary>
    public static string Of(string output, string otherwise)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = lines
            .Where(l => LogLine().Match(l) is not { Success: true } log || log.Groups["level"].Value == "#")
            .Select(l => LogLine().Replace(l, ""))
            .Where(l => l.Any(char.IsLetter) && !Noise.Any(n => l.Contains(n, StringComparison.Ordinal)))
            .Select(WithoutSecret)
            .TakeLast(Most)
            .ToList();
        return telling.Count == 0 ? otherwise : string.Join(" | ", telling);
    }

    // It quotes the line that it does not understand.
    private static string WithoutSecret(string line)
    {
        var quoted = Quoted().Match(line);
        return !quoted.Success || !RedisSettings.MayHoldSecret(quoted.Groups["name"].Value) ? line : $">>> '{quoted.Groups["name"].Value} …'";
    }

    [GeneratedRegex(@"^\d+:[A-Z] \d+ \w+ \d+ [\d:.]+ (?<level>[#*.-]) ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogLine();

    [GeneratedRegex(@"^>>> ['""]?\s*(?<name>\S+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
