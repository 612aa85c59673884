namespace RedisHaBake.Agent.Doctor;

/// <summary>One thing that is wrong.</summary>
/// <param name="What">What, with what was expected and what was found. Never holds a secret.</param>
/// <param name="Do">What to do about it.</param>
public sealed record Finding(string What, string Do);
