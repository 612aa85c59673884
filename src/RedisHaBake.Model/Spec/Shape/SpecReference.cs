using System.Text;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>The reference of cluster.yaml for people, as Markdown.</summary>
public static class SpecReference
{
    /// <summary>One table for the top level, one for each section.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        Table(text, null, SpecFields.Root);
        foreach (var field in SpecFields.Root.Fields)
        {
            if (Inner(field.Kind) is { } section)
                Table(text, field, section);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, Field? field, Section section)
    {
        if (field is not null)
            text.Append($"\n**`{field.Name}`**: {field.Doc}\n\n");
        text.Append("| key | value | default | |\n|---|---|---|---|\n");
        foreach (var key in section.Fields)
            text.Append($"| `{key.Name}` | {Cell(Value(key.Kind))} | {Cell(key.Fallback ?? "**required**")} | {Cell(key.Doc)} |\n");
    }

    private static string Value(Kind kind) => kind switch
    {
        Section => "a mapping, below",
        ListKind<View> => "a list, below",
        _ => kind.Expected,
    };

    private static Section? Inner(Kind kind) => kind as Section ?? (kind as OrWordKind)?.Section ?? (kind as ListKind<View>)?.Item as Section;

    private static string Cell(string text) => text.Replace("|", "\\|");
}
