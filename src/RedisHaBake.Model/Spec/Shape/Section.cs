using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>A mapping with known keys.</summary>
/// <param name="fields">The keys, in the order of the reference.</param>
public sealed class Section(params Field[] fields) : Kind<View>
{
    /// <summary>The keys.</summary>
    public IReadOnlyList<Field> Fields => fields;

    /// <summary>What to do about an unknown key or another root, in a file that is no spec; empty in a spec.</summary>
    public string Remedy { get; init; } = "";

    /// <inheritdoc/>
    public override string Expected => fields.Length > 10 ? "keys and values" : "a mapping with " + string.Join(", ", fields.Select(f => f.Name));

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var schema = field.Kind.Schema();
            schema["description"] = field.Required ? field.Doc : $"{field.Doc}\n\nDefault: {field.Fallback}";
            properties[field.Name] = schema;
        }

        var section = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (fields.Any(f => f.Required))
            section["required"] = new JsonArray([.. fields.Where(f => f.Required).Select(f => JsonValue.Create(f.Name))]);
        return section;
    }

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out View value)
    {
        var values = new Dictionary<Field, object?>();
        value = new(path, values);
        if (node is not MappingNode mapping)
        {
            Refuse(node, path, problems);
            return false;
        }

        var misspelt = new HashSet<string>();
        foreach (var entry in mapping.Entries)
        {
            var at = path[entry.Key.Text];
            if (IsRepeated(mapping, entry, at, problems))
                continue;
            if (fields.FirstOrDefault(f => f.Name == entry.Key.Text) is { } field)
                field.Read(entry.Value, at, problems, values);
            else if (RefuseUnknown(entry.Key, at, problems) is { } meant)
                misspelt.Add(meant);
        }

        // A key that was only misspelt is not missing, too.
        foreach (var field in fields.Where(f => f.Required && !misspelt.Contains(f.Name) && !mapping.Entries.Any(e => e.Key.Text == f.Name)))
        {
            problems.Add(
                "E104",
                path[field.Name],
                $"`{path[field.Name]}` is missing",
                $"expected `{field.Name}`: {field.Kind.Expected}",
                $"add `{field.Name}:`. {field.Doc}");
        }

        return true;
    }

    /// <summary>Whether an earlier entry has the same key; says so.</summary>
    internal static bool IsRepeated(MappingNode mapping, MappingEntry entry, SpecPath path, ProblemList problems)
    {
        var first = mapping.Entries.First(e => e.Key.Text == entry.Key.Text);
        if (ReferenceEquals(first, entry))
            return false;
        problems.Add(
            "E102",
            path,
            $"`{path}` stands twice",
            $"expected it once; first on line {first.Key.Span.Line}",
            "remove one of the two",
            entry.Key.Span);
        return true;
    }

    /// <inheritdoc/>
    protected override string Hint(SpecNode node, SpecPath path)
        => Remedy.Length > 0 ? Remedy
            : path.Parent is null ? "see `redishabake init` for a starter"
            : path.IsIndex ? $"write for example `{{{fields[0].Name}: ...}}`"
            : $"write for example `{path.Key}: {{{fields[0].Name}: ...}}`, or remove the line";

    private string? RefuseUnknown(ScalarNode key, SpecPath path, ProblemList problems)
    {
        var nearest = Spelling.Nearest(key.Text, fields.Select(f => f.Name));
        var elsewhere = nearest is null && Remedy.Length == 0 ? Spelling.Elsewhere(key.Text, SpecFields.Root) : null;
        problems.Add(
            "E101",
            path,
            $"there is no key `{path}`",
            nearest is not null ? $"did you mean `{nearest}`?"
                : elsewhere is not null ? $"did you mean `{elsewhere}`?"
                : fields.Length <= 10 ? "expected one of " + string.Join(", ", fields.Select(f => f.Name))
                : "expected a key of the spec",
            nearest is not null ? $"write `{nearest}:`"
                : elsewhere is not null ? $"move it{(elsewhere.Contains('.') ? "" : " out of here, to where `name:` stands")}: `{elsewhere.Replace(".", ": {")}: ...{new string('}', elsewhere.Count(c => c == '.'))}`"
                : Remedy.Length > 0 ? Remedy
                : "remove it, or look for its name in `redishabake schema`",
            key.Span);
        if (nearest is not null)
            problems.Spoil(path.Parent![nearest]);
        return nearest;
    }
}
