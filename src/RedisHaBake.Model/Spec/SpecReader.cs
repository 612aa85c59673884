using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;
using F = RedisHaBake.Model.Spec.Shape.SpecFields;

namespace RedisHaBake.Model.Spec;

/// <summary>Turns a file's values into a <see cref="ClusterSpec"/>, every default filled in.</summary>
public static class SpecReader
{
    /// <summary>
    /// Reads <paramref name="root"/>. Values that were refused leave their default (or an empty text) behind, so that the rules can
    /// still look at the rest; they ask <see cref="ProblemList.IsSound"/> before they rely on a value.
    /// </summary>
    /// <returns>The spec; null where the file is no mapping at all.</returns>
    public static ClusterSpec? Read(SpecNode root, ProblemList problems)
        => F.Root.TryRead(root, SpecPath.Root, problems, out var view) ? Bind(view) : null;

    private static ClusterSpec Bind(View v)
    {
        var nodes = v.Get(F.Nodes).Select(n => new NodeSpec(n.Get(F.Node.Name), n.Get(F.Node.Address), n.Get(F.Node.Roles), n.Get(F.Node.Memory))).ToList();
        var name = v.Get(F.Name);
        var os = v.Get(F.Os);
        var masterName = v.Get(F.SentinelOf).Get(F.Sentinel.MasterName);
        var initial = v.Get(F.InitialMaster);
        var haproxy = v.Get(F.HaproxyOf);
        var agent = v.Get(F.AgentOf);
        var firewall = v.Get(F.FirewallOf);
        return new(
            name,
            v.Get(F.Cidr),
            v.Get(F.Interface),
            v.Get(F.Gateway),
            os,
            v.Get(F.ProviderOf),
            Engine(v.Get(F.EngineOf), os),
            nodes,
            initial.Length > 0 ? initial : nodes.FirstOrDefault(n => n.Roles.Contains(NodeRole.Redis))?.Name ?? "",
            Addresses(v.Get(F.AddressesOf), nodes, ClusterSpec.HasLateNode(nodes, firewall.Get(F.Firewall.Enabled))),
            Ports(v.Get(F.PortsOf)),
            masterName.Length > 0 ? masterName : name,
            Failover(v.Get(F.FailoverOf), nodes),
            Redis(v.Get(F.RedisOf), v.Get(F.SentinelOf), nodes),
            new(
                haproxy.Get(F.Haproxy.StatsUser),
                haproxy.Get(F.Haproxy.ConnectTimeout),
                haproxy.Get(F.Haproxy.ClientTimeout),
                haproxy.Get(F.Haproxy.ServerTimeout),
                haproxy.Get(F.Haproxy.MaxConnections),
                haproxy.Get(F.Haproxy.Extra),
                v.Get(F.KeepalivedOf).Get(F.Keepalived.Extra)),
            Kernel(v.Get(F.KernelOf)),
            new(firewall.Get(F.Firewall.Enabled), firewall.Get(F.Firewall.Clients)),
            Users(v),
            new(v.Get(F.Baked), agent.Get(F.Agent.Url), agent.Get(F.Agent.Sha256).ToLowerInvariant()),
            Egress(v.Get(F.EgressOf)),
            v.Get(F.SecretsFile));
    }

    private static EgressSpec Egress(View? v) => v is null ? new(null, EgressSpec.UsualPort, Nobody: true)
        : v.Has(F.Egress.Via) ? new(v.Get(F.Egress.Via), v.Get(F.Egress.Port), Nobody: false)
        : EgressSpec.Own;

    private static EngineSpec Engine(View v, OperatingSystem os)
    {
        var kind = v.Get(F.Engine.Kind);
        var source = v.Get(F.Engine.Source)
            ?? (kind == EngineKind.Redis && os.Name.StartsWith("ubuntu", StringComparison.Ordinal) ? EngineSource.PackagesRedisIo : EngineSource.Distribution);
        var shipped = kind == EngineKind.Redis ? os.Redis.Major : os.Valkey.Major;
        var major = v.Get(F.Engine.Major);
        return new(kind, major > 0 ? major : source == EngineSource.PackagesRedisIo ? 7 : shipped, source, v.Get(F.Engine.Key));
    }

    // A portal that assigns the nodes' addresses late gives the two extra ones later still: proxies are made ready for them.
    private static AddressPlan Addresses(View v, List<NodeSpec> nodes, bool late)
    {
        var later = v.Has(F.Addresses.Mode) || (late && nodes.Exists(n => n.Roles.Contains(NodeRole.Haproxy)));
        if (!v.Has(F.Addresses.Write) && !v.Has(F.Addresses.Read) && !later)
            return new(AddressMode.None, Words.None, Words.None, Words.None);
        var mode = v.Get(F.Addresses.Mode);
        var pinned = v.Get(F.Addresses.PinnedTo);
        if (pinned.Length == 0)
            pinned = nodes.FirstOrDefault(n => n.Roles.Contains(NodeRole.Haproxy))?.Name ?? "";
        return new(mode, v.Get(F.Addresses.Write), v.Get(F.Addresses.Read), mode == AddressMode.Pinned ? pinned : Words.None);
    }

    private static PortPlan Ports(View v) => new(
        v.Get(F.Ports.Redis),
        v.Get(F.Ports.Sentinel),
        v.Get(F.Ports.Write),
        v.Get(F.Ports.Read),
        v.Get(F.Ports.Stats),
        v.Get(F.Ports.Health),
        v.Get(F.Ports.Gate));

    private static FailoverPlan Failover(View v, List<NodeSpec> nodes)
    {
        var profile = v.Get(F.Failover.Profile);
        var sentinels = nodes.Count(n => n.Roles.Contains(NodeRole.Sentinel));
        var data = nodes.Count(n => n.Roles.Contains(NodeRole.Redis));
        var downAfter = v.Has(F.Failover.DownAfter) ? v.Get(F.Failover.DownAfter) : profile.DownAfterMs;
        return new(
            downAfter,
            v.Get(F.Failover.Timeout),
            v.Get(F.Failover.ParallelSyncs),
            v.Has(F.Failover.Quorum) ? v.Get(F.Failover.Quorum) : (sentinels / 2) + 1,
            v.Has(F.Failover.MinReplicas) ? v.Get(F.Failover.MinReplicas) : data >= 3 ? 1 : 0,
            v.Has(F.Failover.MaxLag) ? (v.Get(F.Failover.MaxLag) + 999) / 1000 : Math.Max(1, Math.Min(profile.MaxLagS, downAfter / 1000)),
            v.Has(F.Failover.Advert) ? v.Get(F.Failover.Advert) : profile.AdvertMs);
    }

    private static RedisPlan Redis(View v, View sentinel, List<NodeSpec> nodes)
    {
        // 0, unsaid, is the smallest of all.
        var smallest = nodes.Where(n => n.Roles.Contains(NodeRole.Redis)).MinBy(n => n.MemoryBytes)?.MemoryBytes ?? 0;
        return new(
            v.Has(F.Redis.MaxMemory) ? v.Get(F.Redis.MaxMemory) : smallest * 6 / 10,
            v.Get(F.Redis.MaxMemoryPolicy),
            v.Get(F.Redis.AppendOnly),
            v.Get(F.Redis.AppendFsync),
            v.Has(F.Redis.Save) || v.Get(F.Redis.AppendOnly) ? v.Get(F.Redis.Save) : F.Redis.SaveWithoutAppendOnly,
            v.Get(F.Redis.Backlog),
            v.Get(F.Redis.Extra),
            sentinel.Get(F.Sentinel.Extra));
    }

    private static KernelPlan Kernel(View v)
    {
        var sysctl = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["net.core.somaxconn"] = "4096",
            ["net.ipv4.ip_nonlocal_bind"] = "1",
            ["net.ipv4.tcp_keepalive_intvl"] = "10",
            ["net.ipv4.tcp_keepalive_probes"] = "3",
            ["net.ipv4.tcp_keepalive_time"] = "60",
            ["vm.overcommit_memory"] = "1",
            ["vm.swappiness"] = "1",
        };
        foreach (var (key, value) in v.Get(F.Kernel.Sysctl))
            sysctl[key] = value;
        return new(v.Get(F.Kernel.Thp), sysctl);
    }

    private static List<UserSpec> Users(View v)
    {
        var app = v.Get(F.AppOf);
        List<UserSpec> users = [new(app.Get(F.App.User), app.Get(F.App.Rights), app.Get(F.App.Sentinel))];
        users.AddRange(v.Get(F.UsersOf).Select(u => new UserSpec(u.Get(F.Users.Name), u.Get(F.Users.Rights), u.Get(F.Users.Sentinel))));
        return users;
    }
}
