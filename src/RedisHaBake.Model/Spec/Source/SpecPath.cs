namespace RedisHaBake.Model.Spec.Source;

/// <summary>The way from a file's root to a value, such as nodes[1].address.</summary>
/// <param name="Parent">The way to the containing value; null at the root.</param>
/// <param name="Key">The key in a mapping, or the index in a list as digits.</param>
/// <param name="IsIndex">Whether <paramref name="Key"/> is an index.</param>
public sealed record SpecPath(SpecPath? Parent, string Key, bool IsIndex)
{
    /// <summary>The whole file.</summary>
    public static SpecPath Root { get; } = new(null, "", false);

    /// <summary>The value of <paramref name="key"/> inside this mapping.</summary>
    public SpecPath this[string key] => new(this, key, false);

    /// <summary>The item <paramref name="index"/> of this list.</summary>
    public SpecPath this[int index] => new(this, index.ToString(), true);

    /// <summary>The path of <paramref name="dotted"/> keys, such as "addresses.write".</summary>
    public static SpecPath Of(string dotted) => dotted.Split('.').Aggregate(Root, (path, key) => path[key]);

    /// <summary>The paths from below the root down to this one.</summary>
    public IEnumerable<SpecPath> Steps() => Parent is null ? [] : Parent.Steps().Append(this);

    /// <summary>As people write it: nodes[1].address.</summary>
    public override string ToString()
    {
        if (Parent is null)
            return "the file";
        if (IsIndex)
            return $"{Parent}[{Key}]";
        var plain = Key.Length > 0 && Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return (Parent.Parent is null ? "" : Parent + ".") + (plain ? Shown.Of(Key) : $"\"{Shown.Of(Key)}\"");
    }
}
