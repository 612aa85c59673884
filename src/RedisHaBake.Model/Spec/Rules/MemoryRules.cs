using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>W270 to E277: room for fork, buffers and the other programs, and what outlives a restart.</summary>
internal static class MemoryRules
{
    // What the smallest Debian or Ubuntu server runs on (Debian 13's installation guide, 3.4), before anything of ours.
    private const long SmallestVm = 256L << 20;

    // An empty server has 1 to 3 MiB, and a client's buffers count, too.
    private const long SmallestMaxMemory = 16L << 20;

    // server.h, CONFIG_REPL_BACKLOG_MIN_SIZE: a server makes this of less.
    private const long SmallestBacklog = 16L << 10;

    private const long Usual = 64L << 20;

    public static void Check(RuleContext context)
    {
        Headroom(context);
        TooSmall(context);
        Backlog(context);
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

    private static void TooSmall(RuleContext context)
    {
        for (var i = 0; i < context.Spec.Nodes.Count; i++)
        {
            var node = context.Spec.Nodes[i];
            if (node.MemoryBytes is 0 or >= SmallestVm)
                continue;
            context.Add(
                "E274",
                RuleContext.Node(i, "memory"),
                $"no system that is supported starts with the {Size(node.MemoryBytes)} of {context.Called(node)}",
                $"{Size(SmallestVm)} or more",
                "write what the portal calls the VM's memory, or remove `memory`");
        }

        var redis = context.Spec.Redis;
        if (context.Written(SpecPath.Of("redis.maxMemory")) && redis.MaxMemory is > 0 and < SmallestMaxMemory)
        {
            context.Add(
                "E276",
                SpecPath.Of("redis.maxMemory"),
                $"with {Size(redis.MaxMemory)} a server that is still empty is full: it and its clients' buffers use as much, and every write is refused",
                $"{Size(SmallestMaxMemory)} or more",
                "raise `maxMemory`, or remove the line for 60 % of the RAM");
        }

        if (redis.BacklogBytes < SmallestBacklog)
        {
            context.Add(
                "E277",
                SpecPath.Of("redis.backlog"),
                $"a server makes {Size(SmallestBacklog)} of a backlog of {Size(redis.BacklogBytes)}",
                $"{Size(SmallestBacklog)} or more; what is written while a replica is away must fit, or it syncs in full",
                "raise `backlog`, or remove the line for 64mb");
        }
    }

    // freeMemoryGetNotCountedMemory in evict.c: the backlog counts as memory in use, so that one of maxmemory's size leaves no room for a key.
    private static void Backlog(RuleContext context)
    {
        var redis = context.Spec.Redis;
        var smallest = context.With(NodeRole.Redis).Where(n => n.MemoryBytes > 0).MinBy(n => n.MemoryBytes);
        var room = redis.MaxMemory > 0 ? redis.MaxMemory : smallest?.MemoryBytes ?? 0;
        if (!context.RolesAreSound || room == 0 || room < SmallestMaxMemory || redis.BacklogBytes * 2 <= room)
            return;
        var whose = redis.MaxMemory > 0 ? $"the {Size(room)} of `maxMemory`{(context.Written(SpecPath.Of("redis.maxMemory")) ? "" : ", which are 60 % of the smallest data node's RAM")}" : $"the {Size(room)} of {context.Called(smallest!)}";
        var fits = redis.BacklogBytes < room;
        context.Add(
            fits ? "W275" : "E275",
            SpecPath.Of(redis.BacklogBytes <= Usual && context.Written(SpecPath.Of("redis.maxMemory")) ? "redis.maxMemory" : "redis.backlog"),
            fits
                ? $"the replication backlog of {Size(redis.BacklogBytes)} takes more than half of {whose}"
                : $"the replication backlog of {Size(redis.BacklogBytes)} leaves no room for data in {whose}",
            $"at most half: {Size(room / 2)}",
            "lower `backlog`, raise `maxMemory`, or rent larger VMs");
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 1 << 30 when bytes % (1 << 30) == 0 => $"{bytes >> 30}gb",
        >= 1 << 20 => $"{bytes >> 20}mb",
        _ => $"{bytes >> 10}kb",
    };
}
