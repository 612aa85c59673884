namespace RedisHaBake.Agent.Machine;

/// <summary>One kernel setting as it is and as it shall be.</summary>
/// <param name="Name">The sysctl key, or "transparent_hugepage".</param>
/// <param name="Path">Its file in /proc/sys or /sys.</param>
/// <param name="Expected">The plan's value.</param>
/// <param name="Found">The kernel's value, or "nothing" where the kernel has no such setting.</param>
/// <param name="IsWritable">Whether it can be changed from here; not so in a container.</param>
public sealed record KernelSetting(string Name, string Path, string Expected, string Found, bool IsWritable)
{
    /// <summary>Whether the kernel does what the plan says.</summary>
    public bool IsRight => Expected == Found;
}
