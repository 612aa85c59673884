namespace RedisHaBake.Cli.Files;

/// <summary>A place that cannot be written; the message says where, what was expected, what was found and what to do.</summary>
internal sealed class UnwritableException : IOException
{
    private UnwritableException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary><paramref name="directory"/> is to hold files and is one itself.</summary>
    public static UnwritableException IsFile(string directory)
        => new($"{directory} is a file; expected a directory, or a name that is still free", null);

    /// <summary><paramref name="path"/> could not be made or written, for the reason that <paramref name="e"/> gives.</summary>
    public static UnwritableException Because(string path, Exception e) => new($"{path} cannot be written: {Reason(e)}", e);

    /// <summary>What the system says, without the path that .NET appends.</summary>
    public static string SystemWords(Exception e) => e is UnauthorizedAccessException ? "permission denied" : e.Message.Split(" : '")[0].TrimEnd('.').ToLowerInvariant();

    // .NET's own messages name the temporary file; what an operator knows are the system's words.
    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied; expected a place that this user may write to",
        DirectoryNotFoundException or FileNotFoundException => "there is no directory for it; expected one where files can be made",
        _ => SystemWords(e) + "; expected a place with room that can be written",
    };
}
