namespace RedisHaBake.Cli.Page;

/// <summary>Markup that may stand in a page as it is. Made of literals and of values, and a value is always text.</summary>
/// <param name="Markup">HTML.</param>
internal readonly record struct Html(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Html None { get; } = new("");

    /// <summary>The markup of an interpolated string; what stands in its holes is escaped unless it is markup itself.</summary>
    public static Html Of(ref HtmlWriter writer) => new(writer.ToString());

    /// <summary>One after the other.</summary>
    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.Markup)));

    /// <inheritdoc/>
    public override string ToString() => Markup;
}
