namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>The run ended here.</summary>
internal sealed class PowerCutException : Exception;
