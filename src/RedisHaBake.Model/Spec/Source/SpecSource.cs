namespace RedisHaBake.Model.Spec.Source;

/// <summary>A file as it was read: its name, its lines for problems to quote, its values.</summary>
/// <param name="Name">The name to print before the line number, as the operator gave it.</param>
/// <param name="Lines">The lines, without their ends.</param>
/// <param name="Root">The values; null where the file could not be read as YAML.</param>
public sealed record SpecSource(string Name, IReadOnlyList<string> Lines, SpecNode? Root)
{
    /// <summary>Whether the file has a value at <paramref name="path"/>.</summary>
    public bool Has(SpecPath path)
    {
        var node = Root;
        foreach (var step in path.Steps())
        {
            node = node switch
            {
                MappingNode mapping => mapping.Entries.FirstOrDefault(e => e.Key.Text == step.Key)?.Value,
                SequenceNode list when step.IsIndex && int.TryParse(step.Key, out var i) && i < list.Items.Count => list.Items[i],
                _ => null,
            };
        }

        return node is not null;
    }

    /// <summary>
    /// The place of the value at <paramref name="path"/>; where it is missing, the key of the nearest value around it that stands in the
    /// file, or the file's first key: what stands before it are comments.
    /// </summary>
    public Span Locate(SpecPath path)
    {
        var found = path.Parent is not null && Root is MappingNode { Entries: [var top, ..] } ? top.Key.Span : Span.Start;
        var node = Root;
        foreach (var step in path.Steps())
        {
            switch (node)
            {
                case MappingNode mapping when mapping.Entries.FirstOrDefault(e => e.Key.Text == step.Key) is { } entry:
                    found = entry.Value is ScalarNode { IsNothing: false } ? entry.Value.Span : entry.Key.Span;
                    node = entry.Value;
                    break;
                case SequenceNode list when step.IsIndex && int.TryParse(step.Key, out var i) && i < list.Items.Count:
                    node = list.Items[i];
                    found = node is MappingNode { Entries: [var first, ..] } ? first.Key.Span : node.Span;
                    break;
                default:
                    return found;
            }
        }

        return found;
    }
}
