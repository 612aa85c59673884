namespace RedisHaBake.Model.Spec.Source;

/// <summary>A list.</summary>
/// <param name="Span">Where it begins.</param>
/// <param name="Items">Its items.</param>
public sealed record SequenceNode(Span Span, IReadOnlyList<SpecNode> Items) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Found => "a list";
}
