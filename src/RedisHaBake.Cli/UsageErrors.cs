using System.CommandLine;
using System.CommandLine.Parsing;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Cli;

/// <summary>What is wrong with a command line, a sentence each: what stands there, what was expected, the nearest word that is known.</summary>
internal static class UsageErrors
{
    // The library's sentences begin like this. They name .NET types, and never what a command knows.
    private static readonly string[] Unknown = ["Required command", "Unrecognized command"];

    private static readonly string[] Misused = ["Required argument", "Cannot parse argument", "Option '", "Command '", "Argument '"];

    public static IReadOnlyList<string> Of(string[] args, ParseResult result)
    {
        // Of `lab exec` an empty word is the operator's own; everywhere else it is a variable that was not set.
        if (Swallowed(result) is { } swallowed)
            return [swallowed];
        if (result.Errors.Count == 0)
            return args is not ["lab", ..] && args.Contains("") ? ["An argument is empty; expected a path or a value: a shell variable may be unset."] : [];
        if (result.Errors.Any(e => IsAbout(e, Unknown)))
            return [.. result.Errors.Where(e => !IsAbout(e, Unknown) && !IsAbout(e, Misused)).Select(e => e.Message), .. Unmatched(result)];
        return [.. result.Errors.Select(e => IsAbout(e, Misused) ? Sentence(e) : e.Message).Distinct()];
    }

    /// <summary>There is no such option of <paramref name="command"/>.</summary>
    public static string NoOption(string word, Command command)
        => $"there is no option {word}{Nearest(word, command.Options.Select(o => o.Name).Union([GlobalOptions.Output.Name, GlobalOptions.Quiet.Name, "--help"]))}";

    private static bool IsAbout(ParseError error, string[] sentences) => sentences.Any(s => error.Message.StartsWith(s, StringComparison.Ordinal));

    // The library takes what follows for the value, whatever it is: `-o $OUT --check` with nothing in OUT would write into --check.
    private static string? Swallowed(ParseResult result)
    {
        foreach (var option in result.CommandResult.Children.OfType<OptionResult>())
        {
            if (option.Tokens.FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-')?.Value is { } word)
                return $"{Name(option)} needs a value, found {word}; a shell variable may be unset (a name that begins with a hyphen is written ./{word})";
        }

        return null;
    }

    private static string Sentence(ParseError error)
    {
        switch (error.SymbolResult)
        {
            case OptionResult { Tokens.Count: 0 } option:
                return $"{Name(option)} needs a value, found none; expected: {option.Option.Description}";
            case OptionResult { IdentifierTokenCount: > 1 } option:
                return $"{Name(option)} stands {option.IdentifierTokenCount} times; expected it once";
            case OptionResult option:
                return $"{Name(option)} {option.Tokens[^1].Value}: expected {Value(option.Option.ValueType)}";
            case ArgumentResult { Tokens.Count: 0 } argument:
                return $"<{argument.Argument.Name}> is missing; expected: {argument.Argument.Description}";
            case ArgumentResult { Parent: OptionResult option }:
                return $"{Name(option)} {option.Tokens[^1].Value}: expected {Value(option.Option.ValueType)}";
            case CommandResult command when command.Command.Arguments.FirstOrDefault(a => command.GetResult(a) is not { Tokens.Count: > 0 }) is { } missing:
                return $"<{missing.Name}> is missing; expected: {missing.Description}";
            default:
                return error.Message;
        }
    }

    private static string Name(OptionResult option) => option.IdentifierToken?.Value ?? option.Option.Name;

    private static string Value(Type type) => type == typeof(int) ? "a whole number" : type == typeof(double) ? "a number" : type == typeof(bool) ? "nothing, true or false" : "one value";

    private static IEnumerable<string> Unmatched(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var commands = command.Subcommands.Select(c => c.Name).ToList();
        if (commands.Count > 0 && result.UnmatchedTokens.Count == 0)
            return [$"a command is missing; expected one of {string.Join(", ", commands)}"];
        return result.UnmatchedTokens.Take(commands.Count > 0 ? 1 : int.MaxValue).Select(t =>
            t.StartsWith('-') ? NoOption(t, command)
            : commands.Count > 0 ? $"there is no command {t}{Nearest(t, commands)}"
            : $"{t} is one argument too many");
    }

    private static string Nearest(string word, IEnumerable<string> known)
    {
        var names = known.ToList();
        return Spelling.Nearest(word, names) is { } nearest ? $"; did you mean {nearest}?" : $"; expected one of {string.Join(", ", names)}";
    }
}
