using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>W270 to W279: room for fork, buffers and the other programs, and what outlives a restart.</summary>
internal static class MemoryRules
{
    public static void Check(RuleContext context)
    {
        Headroom(context);
        var redis = context.Spec.Redis;
        if (!redis.AppendOnly && redis.Save.Length == 0 && context.Sound(SpecPath.Of("redis")))
        {
            context.Add(
                "W271",
                SpecPath.Of("redis.appendOnly"),
                "nothing is kept on disk: each node that restarts comes back empty, and when all lose power every key is gone",
                "`appendOnly: true`, or at least save points",
                "remove `appendOnly: false`, or leave it so where the data is only a cache");
        }

        if (context.Spec.Kernel.Sysctl.GetValueOrDefault("vm.overcommit_memory") is not "1")
        {
            context.Add(
                "W273",
                SpecPath.Of("kernel.sysctl")["vm.overcommit_memory"],
                "the kernel may refuse a fork while memory is short: then there is no snapshot, no rewrite and no full sync",
                "1",
                "remove the line");
        }

        if (context.Spec.Kernel.TransparentHugepages == "always")
        {
            context.Add(
                "W272",
                SpecPath.Of("kernel.transparentHugepages"),
                "with huge pages a fork copies 2 MiB where one byte changed; Redis turns them off for itself, whatever else runs there does not",
                "never",
                "remove the line");
        }
    }

    private static void Headroom(RuleContext context)
    {
        var most = context.Spec.Redis.MaxMemory;
        var smallest = context.With(NodeRole.Redis).Where(n => n.MemoryBytes > 0).MinBy(n => n.MemoryBytes);
        if (!context.RolesAreSound || smallest is null || most <= smallest.MemoryBytes * 3 / 4)
            return;
        context.Add(
            "W270",
            SpecPath.Of("redis.maxMemory"),
            $"maxmemory of {most >> 20} MiB leaves {Math.Max(0, smallest.MemoryBytes - most) >> 20} MiB of {context.Called(smallest)}'s {smallest.MemoryBytes >> 20} MiB",
            $"at most {(smallest.MemoryBytes * 3 / 4) >> 20}mb: a fork copies what changes, and the kernel kills what does not fit",
            "lower `maxMemory`, remove the line for 60 % of the RAM, or rent larger VMs");
    }
}
