using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>A mapping, or a word in its place, which is read as null.</summary>
/// <param name="section">The mapping.</param>
/// <param name="word">The word.</param>
/// <param name="expected">Both, in words.</param>
public sealed class OrWordKind(Section section, string word, string expected) : Kind<View?>
{
    /// <summary>The mapping.</summary>
    public Section Section => section;

    /// <inheritdoc/>
    public override string Expected => expected;

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(section.Schema(), new JsonObject { ["const"] = word }) };

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out View? value)
    {
        value = null;
        if (node is ScalarNode scalar && scalar.Text == word)
            return true;
        if (node is not MappingNode)
        {
            Refuse(node, path, problems, $"{section.Expected}, or {word}");
            return false;
        }

        var read = section.TryRead(node, path, problems, out var view);
        value = view;
        return read;
    }

    /// <inheritdoc/>
    protected override string Hint(SpecNode node, SpecPath path) => $"write for example `{path.Key}: {{{section.Fields[0].Name}: ...}}`, or remove the line";
}
