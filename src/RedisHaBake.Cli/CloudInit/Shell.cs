namespace RedisHaBake.Cli.CloudInit;

/// <summary>Words for a POSIX shell.</summary>
internal static class Shell
{
    /// <summary>The word in single quotes: nothing inside means anything.</summary>
    public static string Quote(string word) => "'" + word.Replace("'", "'\\''") + "'";
}
