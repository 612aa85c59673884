using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>W270: room for fork, buffers and the other programs.</summary>
internal static class MemoryRules
{
    public static void Check(RuleContext context)
    {
        var most = context.Spec.Redis.MaxMemory;
        var smallest = context.With(NodeRole.Redis).Where(n => n.MemoryBytes > 0).MinBy(n => n.MemoryBytes);
        if (!context.RolesAreSound || smallest is null || most <= smallest.MemoryBytes * 3 / 4)
            return;
        context.Add(
            "W270",
            SpecPath.Of("redis.maxMemory"),
            $"maxmemory of {most >> 20} MiB leaves {Math.Max(0, smallest.MemoryBytes - most) >> 20} MiB of {smallest.Name}'s {smallest.MemoryBytes >> 20} MiB",
            $"at most {(smallest.MemoryBytes * 3 / 4) >> 20}mb: a fork copies what changes, and the kernel kills what does not fit",
            "lower `maxMemory`, remove the line for 60 % of the RAM, or rent larger VMs");
    }
}
