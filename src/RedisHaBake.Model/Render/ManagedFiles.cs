using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>Every file that the product writes whole on a node. sentinel.conf is not among them: see <see cref="SentinelConf.Seed"/>.</summary>
public static class ManagedFiles
{
    /// <summary>The files by the node's roles and the address mode, in the order in which to write them.</summary>
    public static IReadOnlyList<ManagedFile> For(NodePlan plan, HostFacts host)
    {
        var self = plan.Self;
        List<ManagedFile> files = [SysctlConf.File(plan), HugepagesConf.File(plan), .. FirewallNft.Files(plan, host)];
        files.AddRange([.. EgressProxy.Files(plan, host.Address), .. AptProxy.Files(plan)]);
        if (self.Has(NodeRole.Redis))
            files.AddRange([RedisConf.File(plan, host), UsersAcl.File(plan, host)]);
        if (self.Has(NodeRole.Sentinel))
            files.Add(SentinelAcl.File(plan, host));
        if (self.Has(NodeRole.Haproxy))
            files.AddRange([HaproxyCfg.File(plan, host), HaproxyServerState.File(plan, host)]);
        if (KeepalivedConf.Runs(plan))
            files.Add(KeepalivedConf.File(plan, host));
        files.AddRange(UnitDropIns.For(plan));
        return files;
    }
}
