namespace RedisHaBake.Lab;

/// <summary>The lab cannot do what was asked; the message says what was expected, what was found and what to do next.</summary>
public sealed class LabException : Exception
{
    /// <summary>With the sentence for the person at the terminal.</summary>
    public LabException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
