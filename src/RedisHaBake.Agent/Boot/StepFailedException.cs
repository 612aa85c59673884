namespace RedisHaBake.Agent.Boot;

/// <summary>A step of the sequence failed; the message says which, what was expected, what was found and what to do next.</summary>
public sealed class StepFailedException(string message, Exception? inner = null) : Exception(message, inner);
