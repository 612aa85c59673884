namespace RedisHaBake.Model.Spec.Source;

/// <summary>A value of a YAML file with its place, before anything is known about its meaning.</summary>
/// <param name="Span">Where it stands.</param>
public abstract record SpecNode(Span Span)
{
    /// <summary>What it is, in words for a problem: "a list", "a mapping", "nothing", or the text in quotes.</summary>
    public abstract string Found { get; }
}
