namespace RedisHaBake.Model.Spec.Source;

/// <summary>A single value.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Text">The text after YAML's own escapes.</param>
/// <param name="Quoted">Whether it stood in quotes or in a block, so that "true" and "" mean just these texts.</param>
/// <param name="Secret">Whether it stands in the file of passwords, so that no message may show it.</param>
public sealed record ScalarNode(Span Span, string Text, bool Quoted, bool Secret = false) : SpecNode(Span)
{
    /// <summary>Whether nothing was written after the colon (or YAML's words for nothing).</summary>
    public bool IsNothing => !Quoted && Text is "" or "~" or "null";

    /// <inheritdoc/>
    public override string Found => IsNothing ? "nothing" : Secret ? "a text" : $"\"{Shown.Of(Text)}\"";
}
