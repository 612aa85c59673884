using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>A single value that a function understands.</summary>
/// <typeparam name="T">The typed value.</typeparam>
/// <param name="expected">In words.</param>
/// <param name="example">A value that would do.</param>
/// <param name="schema">For editors.</param>
/// <param name="parse">Understands the text, or answers false.</param>
/// <param name="plainOnly">Whether quotes make it something else (numbers, true and false).</param>
public sealed class ScalarKind<T>(string expected, string example, Func<JsonObject> schema, ScalarKind<T>.Parse parse, bool plainOnly = false) : Kind<T>
{
    /// <summary>Understands <paramref name="text"/>.</summary>
    public delegate bool Parse(string text, out T value);

    /// <inheritdoc/>
    public override string Expected => expected;

    /// <summary>The same kind with an example that fits another key.</summary>
    public ScalarKind<T> Like(string other) => new(expected, other, schema, parse, plainOnly);

    /// <inheritdoc/>
    public override JsonObject Schema() => schema();

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out T value)
    {
        value = default!;
        if (node is ScalarNode { IsNothing: false } scalar && !(plainOnly && scalar.Quoted) && parse(scalar.Text, out value))
            return true;
        var quotesAreAllThatIsWrong = node is ScalarNode { Quoted: true, Text: var inside } && plainOnly && parse(inside, out value);
        Refuse(node, path, problems, quotesAreAllThatIsWrong ? expected + ", without quotes" : null);
        return false;
    }

    /// <inheritdoc/>
    protected override string Hint(SpecNode node, SpecPath path)
        => path.IsIndex || IsKey(node, path) ? $"write for example `{example}`" : $"write for example `{path.Key}: {example}`";

    // Of a table whose keys are the operator's own, a key can be at fault.
    private static bool IsKey(SpecNode node, SpecPath path) => node is ScalarNode scalar && scalar.Text == path.Key;
}
