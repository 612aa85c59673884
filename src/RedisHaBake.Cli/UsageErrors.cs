using System.CommandLine;
using System.CommandLine.Parsing;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Cli;

/// <summary>What is wrong with a command line, a sentence each.</summary>
internal static class UsageErrors
{
    // The library's sentences for a command that is missing or unknown: both at once, and never what it knows.
    private static readonly string[] Replaced = ["Required command", "Unrecognized command"];

    public static IReadOnlyList<string> Of(string[] args, ParseResult result)
    {
        // Of `lab exec` an empty word is the operator's own; everywhere else it is a variable that was not set.
        if (Swallowed(result) is { } swallowed)
            return [swallowed];
        if (result.Errors.Count == 0)
            return args is not ["lab", ..] && args.Contains("") ? ["An argument is empty; expected a path or a value: a shell variable may be unset."] : [];
        var own = result.Errors.Select(e => e.Message).Where(m => !Replaced.Any(r => m.StartsWith(r, StringComparison.Ordinal))).ToList();
        return own.Count < result.Errors.Count ? [.. own, .. Unknown(result)] : own;
    }

    // The library takes what follows for the value, whatever it is: `-o $OUT --check` with nothing in OUT would write into --check.
    private static string? Swallowed(ParseResult result) => result.CommandResult.Children.OfType<OptionResult>()
        .SelectMany(o => o.Tokens, (o, t) => (Name: o.IdentifierToken?.Value ?? o.Option.Name, t.Value))
        .Where(o => o.Value.Length > 1 && o.Value[0] == '-')
        .Select(o => $"{o.Name} needs a value, found {o.Value}; a shell variable may be unset (a name that begins with a hyphen is written ./{o.Value})")
        .FirstOrDefault();

    private static IEnumerable<string> Unknown(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var commands = command.Subcommands.Select(c => c.Name).ToList();
        var options = command.Options.Select(o => o.Name).Union([GlobalOptions.Output.Name, GlobalOptions.Quiet.Name, "--help"]);
        if (commands.Count > 0 && result.UnmatchedTokens.Count == 0)
            return [$"a command is missing; expected one of {string.Join(", ", commands)}"];
        return result.UnmatchedTokens.Take(commands.Count > 0 ? 1 : int.MaxValue).Select(t =>
            t.StartsWith('-') ? $"there is no option {t}{Nearest(t, options)}"
            : commands.Count > 0 ? $"there is no command {t}{Nearest(t, commands)}"
            : $"{t} is one argument too many");
    }

    private static string Nearest(string word, IEnumerable<string> known)
    {
        var names = known.ToList();
        return Spelling.Nearest(word, names) is { } nearest ? $"; did you mean {nearest}?" : $"; expected one of {string.Join(", ", names)}";
    }
}
