namespace RedisHaBake.Cli.Trial;

/// <summary>The programs of the operator's own computer that can read a rendered text without putting it to use.</summary>
public interface IPrograms
{
    /// <summary>The version that is installed; null where none is, or where it does not say.</summary>
    Version? Version(Reader reader);

    /// <summary>Lets the program read a text, for at most five seconds, without a network and without an effect that outlives it.</summary>
    /// <param name="reader">The program.</param>
    /// <param name="text">Makes the text for the private directory that it is given.</param>
    /// <param name="networkInterface">The interface that the text names.</param>
    Answer Read(Reader reader, Func<string, string> text, string networkInterface);
}
