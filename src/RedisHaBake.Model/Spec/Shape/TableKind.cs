using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>A mapping whose keys are the operator's own, such as sysctl settings.</summary>
/// <param name="key">The keys' kind.</param>
/// <param name="value">The values' kind.</param>
/// <param name="expected">In words.</param>
public sealed class TableKind(Kind<string> key, Kind<string> value, string expected) : Kind<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override string Expected => expected;

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "object", ["propertyNames"] = key.Schema(), ["additionalProperties"] = value.Schema() };

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out IReadOnlyDictionary<string, string> table)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        table = read;
        if (node is not MappingNode mapping)
        {
            Refuse(node, path, problems);
            return false;
        }

        // What is refused is left out; the rules look at the rest.
        foreach (var entry in mapping.Entries)
        {
            var at = path[entry.Key.Text];
            if (!Section.IsRepeated(mapping, entry, at, problems)
                && key.TryRead(entry.Key, at, problems, out var name)
                && value.TryRead(entry.Value, at, problems, out var text))
                read[name] = text;
        }

        return true;
    }
}
