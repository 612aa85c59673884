using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>One of a few words.</summary>
/// <typeparam name="T">What the words mean.</typeparam>
/// <param name="words">The words.</param>
internal sealed class WordKind<T>((string Word, T Value)[] words) : Kind<T>
{
    /// <summary>What to do about a word that calls for more than a spelling; null for any other.</summary>
    public Func<string, string?> Advice { get; init; } = _ => null;

    /// <inheritdoc/>
    public override string Expected => words.Length == 1
        ? words[0].Word
        : string.Join(", ", words[..^1].Select(w => w.Word)) + " or " + words[^1].Word;

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create(w.Word))]) };

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out T value)
    {
        foreach (var (word, meaning) in words)
        {
            if (node is not ScalarNode scalar || scalar.Text != word)
                continue;
            value = meaning;
            return true;
        }

        value = default!;
        Refuse(node, path, problems);
        return false;
    }

    /// <inheritdoc/>
    protected override string Hint(SpecNode node, SpecPath path)
    {
        if (node is ScalarNode { Text: var text } && Advice(text) is { } advice)
            return advice;
        var nearest = node is ScalarNode scalar ? Spelling.Nearest(scalar.Text, words.Select(w => w.Word)) : null;
        return nearest is null ? $"write `{words[0].Word}`, for example" : $"did you mean `{nearest}`?";
    }
}
