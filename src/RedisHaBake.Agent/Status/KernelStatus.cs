namespace RedisHaBake.Agent.Status;

/// <summary>One kernel setting.</summary>
/// <param name="Name">The sysctl key, or transparent_hugepage.</param>
/// <param name="Planned">The plan's value.</param>
/// <param name="Found">The kernel's.</param>
/// <param name="Changeable">Whether it can be changed from here; not so in a container.</param>
public sealed record KernelStatus(string Name, string Planned, string Found, bool Changeable);
