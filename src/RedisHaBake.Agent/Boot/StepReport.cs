namespace RedisHaBake.Agent.Boot;

/// <summary>How one step ended.</summary>
/// <param name="Name">The step.</param>
/// <param name="Changed">Whether there was something to do.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record StepReport(string Name, bool Changed, long Milliseconds);
