namespace RedisHaBake.Agent.Machine;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>The last lines of what it said, for a message to a person.</summary>
    public string Words
    {
        get
        {
            var lines = (Error + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length == 0 ? $"nothing, with exit code {ExitCode}" : string.Join(" | ", lines.TakeLast(6));
        }
    }
}
