using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>One key of the spec.</summary>
/// <param name="name">The key.</param>
/// <param name="doc">What it means; one or two sentences, Markdown, shown on hover and in the reference.</param>
/// <param name="fallback">The default in words; null where the key is required.</param>
public abstract class Field(string name, string doc, string? fallback)
{
    /// <summary>The key.</summary>
    public string Name => name;

    /// <summary>What it means.</summary>
    public string Doc => doc;

    /// <summary>The default in words; null where the key is required.</summary>
    public string? Fallback => fallback;

    /// <summary>Whether the spec must have it.</summary>
    public bool Required => fallback is null;

    /// <summary>What its value may be.</summary>
    public abstract Kind Kind { get; }

    /// <summary>Reads the value into <paramref name="values"/>.</summary>
    internal abstract void Read(SpecNode node, SpecPath path, ProblemList problems, Dictionary<Field, object?> values);
}

/// <summary>One key of the spec whose value is a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="name">The key.</param>
/// <param name="kind">What its value may be.</param>
/// <param name="doc">What it means.</param>
/// <param name="fallback">The default in words; null where the key is required.</param>
/// <param name="value">The default; where it depends on other keys, what the binder takes for "unsaid".</param>
public sealed class Field<T>(string name, Kind<T> kind, string doc, string? fallback, T value) : Field(name, doc, fallback)
{
    /// <inheritdoc/>
    public override Kind Kind => kind;

    /// <summary>The default.</summary>
    public T Default => value;

    /// <inheritdoc/>
    internal override void Read(SpecNode node, SpecPath path, ProblemList problems, Dictionary<Field, object?> values)
    {
        if (kind.TryRead(node, path, problems, out var read))
            values[this] = read;
    }
}
