using System.Text.RegularExpressions;

namespace RedisHaBake.Cli.Trial;

/// <summary>One thing that a program has against a text.</summary>
/// <param name="Line">The text's line, from 1; null where it names none.</param>
/// <param name="Words">Its own words, without what only its log needs.</param>
internal sealed partial record Remark(int? Line, string Words)
{
    /// <summary>Whether it may be so on this computer alone: a certificate, a name or an interface that only the VM has.</summary>
    public bool IsOfTheMachine => OfTheMachine().IsMatch(Words);

    /// <summary>Whether it may come from another line that was not understood.</summary>
    public bool MayFollow => OfAnother().IsMatch(Words);

    /// <summary>What <paramref name="reader"/> said, those parts of it for which it would not start.</summary>
    public static IReadOnlyList<Remark> Of(Reader reader, string words) => reader switch
    {
        Reader.Haproxy => [.. HaproxyAlert().Matches(words).Select(m => new Remark(Number(m), m.Groups["words"].Value.Trim())).Where(r => !IsSummary(r.Words))],
        Reader.Keepalived => [.. KeepalivedLine().Matches(words).Select(m => new Remark(Number(m), m.Groups["words"].Value.Trim())).Where(r => !r.Words.StartsWith("WARNING", StringComparison.Ordinal))],
        _ => Engine().Match(words) is { Success: true } m ? [new(Number(m), m.Groups["words"].Value.Trim())] : [],
    };

    private static int? Number(Match match) => match.Groups["line"] is { Success: true, Value: var line } ? int.Parse(line) : null;

    private static bool IsSummary(string words)
        => words.StartsWith("Error(s) found in configuration", StringComparison.Ordinal) || words.StartsWith("Fatal errors found in configuration", StringComparison.Ordinal);

    // [ALERT]    (123) : config : parsing [/text:45] : words; or without a place.
    [GeneratedRegex(@"^\[ALERT\]\s+\(\d+\) : (?:config : )?(?:parsing )?(?:\[/text:(?<line>\d+)\](?: :)? ?)?(?:: )?(?<words>.*)$", RegexOptions.Multiline, 1000)]
    private static partial Regex HaproxyAlert();

    [GeneratedRegex(@"^\(/text: Line (?<line>\d+)\) (?<words>.*)$", RegexOptions.Multiline, 1000)]
    private static partial Regex KeepalivedLine();

    // "Reading the configuration file, at line 45", the line, and why.
    [GeneratedRegex(@"at line (?<line>\d+)\n>>> .*\n(?<words>.*)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Engine();

    [GeneratedRegex("no such ACL|[Uu]nable to find|not found|unknown (?:userlist|backend|table)", RegexOptions.None, 1000)]
    private static partial Regex OfAnother();

    [GeneratedRegex(@"No such file|Read-only file system|[Uu]nable to (?:stat|open|load|read|access)|[Cc](?:annot|ould not|an't) (?:open|load|stat|read|resolve|access|find (?:user|group|device|interface))|[Ff]ailed to (?:open|load|read)|error opening|Permission denied|interface .* doesn't exist|[Uu]nknown interface|Not a directory|non-existent|doesn't exist$|due to insecure|not found, ignoring", RegexOptions.None, 1000)]
    private static partial Regex OfTheMachine();
}
