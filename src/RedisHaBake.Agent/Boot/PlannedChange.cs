namespace RedisHaBake.Agent.Boot;

/// <summary>One <see cref="Difference"/> with the step that would settle it.</summary>
/// <param name="Step">The step.</param>
/// <param name="What">The thing.</param>
/// <param name="Expected">What the plan wants.</param>
/// <param name="Found">What is there.</param>
/// <param name="Next">What a person can do where the agent cannot; empty where it can.</param>
public sealed record PlannedChange(string Step, string What, string Expected, string Found, string Next);
