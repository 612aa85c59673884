using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>A mapping of the spec after reading: typed values by field.</summary>
/// <param name="path">Where it stands.</param>
/// <param name="values">The values that were there and sound.</param>
public sealed class View(SpecPath path, IReadOnlyDictionary<Field, object?> values)
{
    /// <summary>A mapping that was not written.</summary>
    public static View Empty { get; } = new(SpecPath.Root, new Dictionary<Field, object?>());

    /// <summary>Where it stands.</summary>
    public SpecPath Path => path;

    /// <summary>Whether the file has a sound value for <paramref name="field"/>.</summary>
    public bool Has(Field field) => values.ContainsKey(field);

    /// <summary>The file's value, or the field's default.</summary>
    public T Get<T>(Field<T> field) => values.TryGetValue(field, out var value) ? (T)value! : field.Default;
}
