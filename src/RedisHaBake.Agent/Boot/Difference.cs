namespace RedisHaBake.Agent.Boot;

/// <summary>One thing that is not as the plan wants it. Never holds a secret or a file's content.</summary>
/// <param name="What">The thing: a path, a setting, a unit, an address.</param>
/// <param name="Expected">What the plan wants.</param>
/// <param name="Found">What is there.</param>
/// <param name="Next">What a person can do where the agent cannot; empty where it can.</param>
public sealed record Difference(string What, string Expected, string Found, string Next = "")
{
    /// <summary>One sentence.</summary>
    public override string ToString() => $"{What}: expected {Expected}, found {Found}" + (Next.Length > 0 ? $"; {Next}" : "");
}
