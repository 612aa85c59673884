using System.Runtime.InteropServices;

namespace RedisHaBake.Cli.Files;

/// <summary>A place that cannot be read or written; the message says where, what was expected, what was found and what to do.</summary>
internal sealed class UnwritableException : IOException
{
    private const int Largest = 133; // The last errno of Linux.

    /// <summary>One line in our own words.</summary>
    public UnwritableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary><paramref name="directory"/> is to hold files and is <paramref name="found"/>.</summary>
    public static UnwritableException NoDirectory(string directory, string found)
        => new($"{directory} is {found}; expected a directory, or a name that is still free");

    /// <summary><paramref name="path"/> could not be made or written, for the reason that <paramref name="e"/> gives.</summary>
    public static UnwritableException Because(string path, Exception e) => new($"{path} cannot be written: {Reason(e)}", e);

    /// <summary>The permissions of <paramref name="path"/> could not be changed.</summary>
    public static UnwritableException Mode(string path, Exception e)
        => new($"{path} cannot be made private: {SystemWords(e)}; expected a file of this user's own; chmod 600 it, or copy it to a place where that works", e);

    /// <summary><paramref name="path"/> could not be read.</summary>
    public static UnwritableException Unreadable(string path, Exception e)
        => new($"{path} cannot be read: {SystemWords(e)}; expected a file that this user may read", e);

    /// <summary>What the system says, without .NET's own words and the path that these append.</summary>
    public static string SystemWords(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file or directory",
        UnauthorizedAccessException { InnerException: IOException { HResult: > 0 and <= Largest } inner } => Marshal.GetPInvokeErrorMessage(inner.HResult).ToLowerInvariant(),
        UnauthorizedAccessException => "permission denied",
        { HResult: > 0 and <= Largest } => Marshal.GetPInvokeErrorMessage(e.HResult).ToLowerInvariant(),
        PathTooLongException => "the name is too long",
        _ => e.Message.Split(" : '")[0].TrimEnd('.').ToLowerInvariant(),
    };

    // .NET's own messages name the temporary file; what an operator knows are the system's words.
    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => SystemWords(e) + "; expected a place that this user may write to",
        DirectoryNotFoundException or FileNotFoundException => "there is no directory for it; expected one where files can be made",
        _ => SystemWords(e) + "; expected a place with room that can be written",
    };
}
