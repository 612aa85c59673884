using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E230 to E239: the failover's numbers.</summary>
internal static class FailoverRules
{
    public static void Check(RuleContext context)
    {
        var failover = context.Spec.Failover;
        if (failover.DownAfterMs < 1000)
        {
            context.Add(
                "E230",
                At("downAfter"),
                $"down-after of {RuleContext.Time(failover.DownAfterMs)} is shorter than Sentinel's own pauses",
                "1s or more: below, masters fail over without a reason (redis#8607)",
                "use `profile: fast` (1s) as the fastest");
        }
        else if (failover.MinReplicasMaxLagS * 1000 > failover.DownAfterMs)
        {
            context.Add(
                "E231",
                At("maxLag"),
                $"a replica may be silent for {failover.MinReplicasMaxLagS} s and a master is down after {RuleContext.Time(failover.DownAfterMs)}",
                "at most `downAfter`, else an old and a new master take writes at the same time",
                $"set `maxLag: {failover.DownAfterMs / 1000}s` or less, or remove the line");
        }

        var data = context.With(NodeRole.Redis).Count;
        if (context.RolesAreSound && data > 0 && failover.MinReplicasToWrite >= data)
        {
            context.Add(
                "E232",
                At("minReplicasToWrite"),
                $"{failover.MinReplicasToWrite} replicas cannot follow one of {data} data nodes",
                $"0 to {data - 1}",
                "remove the line for the default");
        }
        else if (context.RolesAreSound && data >= 3 && failover.MinReplicasToWrite == 0)
        {
            context.Add(
                "W233",
                At("minReplicasToWrite"),
                "without this fence a master that is cut off goes on taking writes, and these are lost",
                "1 with three or more data nodes",
                "remove the line");
        }
        else if (context.RolesAreSound && data >= 3 && failover.MinReplicasToWrite == data - 1)
        {
            context.Add(
                "W236",
                At("minReplicasToWrite"),
                "the loss of any single data node stops all writes",
                $"at most {data - 2}",
                "set it to 1");
        }

        if (failover.AdvertMs is < 100 or > 40_000)
        {
            context.Add(
                "E234",
                At("advert"),
                $"keepalived cannot advertise every {RuleContext.Time(failover.AdvertMs)} reliably",
                "100ms to 40s (VRRP version 3 ends at 40.95 s)",
                "remove the line for the profile's");
        }

        if (failover.TimeoutMs < failover.DownAfterMs)
        {
            context.Add(
                "E235",
                At("timeout"),
                $"a failover may take {RuleContext.Time(failover.TimeoutMs)} and a master is down only after {RuleContext.Time(failover.DownAfterMs)}",
                "at least `downAfter`",
                $"set `timeout` to {RuleContext.Time(failover.DownAfterMs).Replace(" ", "")} or more");
        }
    }

    private static SpecPath At(string key) => SpecPath.Of("failover." + key);
}
