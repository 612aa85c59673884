namespace RedisHaBake.Cli.Page;

/// <summary>A field of the page for an address that the portal shows later.</summary>
/// <param name="Name">The node that has it; <see cref="LateFields.Write"/> or <see cref="LateFields.Read"/> for the extra ones.</param>
/// <param name="Known">The address where it was said already; else empty.</param>
internal sealed record LateField(string Name, string Known)
{
    /// <summary>Whether it is a node's own address rather than an extra one.</summary>
    public bool IsNode => !Name.Contains('.');

    /// <summary>Its element's id.</summary>
    public string Id => "late-" + Name.Replace('.', '-');
}
