namespace RedisHaBake.Cli.Trial;

/// <summary>A computer that has none of them.</summary>
internal sealed class NoPrograms : IPrograms
{
    /// <inheritdoc/>
    public Version? Version(Reader reader) => null;

    /// <inheritdoc/>
    public Answer Read(Reader reader, Func<string, string> text, string networkInterface) => new(false, "", "it is not installed");
}
