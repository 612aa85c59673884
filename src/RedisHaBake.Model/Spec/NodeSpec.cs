using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Spec;

/// <summary>One VM of the cluster.</summary>
/// <param name="Name">Host name: lower-case letters, digits and hyphens, at most 63.</param>
/// <param name="Address">Private IPv4 address, or <see cref="Words.Auto"/>.</param>
/// <param name="Roles">What it runs.</param>
/// <param name="MemoryBytes">The VM's RAM, from which maxmemory is chosen; 0 where unsaid.</param>
public sealed record NodeSpec(string Name, string Address, IReadOnlyList<NodeRole> Roles, long MemoryBytes);
