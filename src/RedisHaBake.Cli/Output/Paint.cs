namespace RedisHaBake.Cli.Output;

/// <summary>Colours for a terminal, or none (https://no-color.org).</summary>
/// <param name="on">Whether to colour.</param>
internal sealed class Paint(bool on)
{
    /// <summary>No colours.</summary>
    public static Paint None { get; } = new(false);

    /// <summary>Colours where standard error is a terminal and NO_COLOR is not set.</summary>
    public static Paint ForStandardError() => new(
        !Console.IsErrorRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    /// <summary>For errors.</summary>
    public string Error(string text) => Wrap("1;31", text);

    /// <summary>For warnings.</summary>
    public string Warning(string text) => Wrap("1;33", text);

    /// <summary>For what matters.</summary>
    public string Bold(string text) => Wrap("1", text);

    /// <summary>For the frame.</summary>
    public string Dim(string text) => Wrap("34", text);

    private string Wrap(string code, string text) => on ? $"\e[{code}m{text}\e[0m" : text;
}
