namespace RedisHaBake.Lab.Host;

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">Its exit code; 128 + signal where one ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error);
