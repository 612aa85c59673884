namespace RedisHaBake.Model.Spec.Source;

/// <summary>Keys with values, in the file's order; a key may stand twice, which the reader refuses.</summary>
/// <param name="Span">Where it begins.</param>
/// <param name="Entries">Its entries.</param>
public sealed record MappingNode(Span Span, IReadOnlyList<MappingEntry> Entries) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Found => "a mapping";
}
