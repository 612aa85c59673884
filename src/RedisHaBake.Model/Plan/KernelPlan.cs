namespace RedisHaBake.Model.Plan;

/// <summary>Kernel settings, applied now and at every boot.</summary>
/// <param name="TransparentHugepages">What /sys/kernel/mm/transparent_hugepage/enabled says: never, madvise or always.</param>
/// <param name="Sysctl">sysctl keys and values, such as vm.overcommit_memory = 1.</param>
public sealed record KernelPlan(string TransparentHugepages, IReadOnlyDictionary<string, string> Sysctl);
