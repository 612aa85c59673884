using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>What a value of the spec may be. Reader, JSON Schema and README's reference all come from these.</summary>
public abstract class Kind
{
    /// <summary>In words, for problems and the reference: "a whole number from 1 to 65535".</summary>
    public abstract string Expected { get; }

    /// <summary>The same for editors.</summary>
    public abstract JsonObject Schema();
}

/// <summary>A kind whose values are read as <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The typed value.</typeparam>
public abstract class Kind<T> : Kind
{
    /// <summary>Reads <paramref name="node"/>; adds a problem and answers false where it is something else.</summary>
    public abstract bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out T value);

    /// <summary>What to do where <paramref name="node"/> is something else.</summary>
    protected virtual string Hint(SpecNode node, SpecPath path) => "correct the value, or remove the line for the default";

    /// <summary>Says that <paramref name="node"/> is not of this kind.</summary>
    protected void Refuse(SpecNode node, SpecPath path, ProblemList problems, string? expected = null, string? action = null)
        => problems.Add(
            node is ScalarNode { IsNothing: false } ? "E105" : "E103",
            path,
            $"{(path.Parent is null ? path.ToString() : $"`{path}`")} is {node.Found}",
            "expected " + (expected ?? Expected),
            action ?? Hint(node, path),
            node is ScalarNode { IsNothing: false } ? node.Span : null);
}
