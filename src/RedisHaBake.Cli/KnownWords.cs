using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Cli;

/// <summary>Options and arguments that take one of a few words (completed, and refused with the nearest of them), or a number in bounds.</summary>
internal static class KnownWords
{
    /// <summary>Lets <paramref name="option"/> take only <paramref name="words"/>.</summary>
    public static void TakesOneOf<T>(this Option<T> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Check(result, result.IdentifierToken?.Value ?? option.Name, words));
    }

    /// <summary>Lets <paramref name="argument"/> take only <paramref name="words"/>.</summary>
    public static void TakesOneOf<T>(this Argument<T> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Check(result, argument.Name, words));
    }

    /// <summary>Lets <paramref name="option"/> take only numbers from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static void TakesNumber<T>(this Option<T> option, T least, T most)
        where T : INumber<T>
        => option.Validators.Add(result =>
        {
            // What is no number at all has been refused by then.
            if (result.Tokens is [var token] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && !(number >= least && number <= most))
                result.AddError($"{option.Name} {token.Value}: expected a number from {least} to {most}");
        });

    private static void Check(SymbolResult result, string name, string[] words)
    {
        foreach (var token in result.Tokens.Where(t => !words.Contains(t.Value)))
        {
            var nearest = Spelling.Nearest(token.Value, words);
            result.AddError($"{name} {token.Value}: expected {string.Join(", ", words[..^1])} or {words[^1]}" + (nearest is null ? "" : $"; did you mean {nearest}?"));
        }
    }
}
