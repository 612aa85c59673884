using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// The firewall, by choice: one nftables table of our own and the unit that loads it. It judges our ports only, so SSH and everything
/// else of the operator's stays as it is, and no other table is read or changed.
/// </summary>
public static class FirewallNft
{
    /// <summary>The rules; a file that nft loads as one transaction.</summary>
    public const string Path = "/etc/redishabake/firewall.nft";

    /// <summary>The unit that loads them at every boot.</summary>
    public const string Unit = "redishabake-firewall.service";

    /// <summary>The unit's file. Not in the agent's package: the firewall holds on a node whose agent was removed.</summary>
    public const string UnitPath = "/etc/systemd/system/" + Unit;

    /// <summary>The drop-in that keeps them over what the distribution's own unit does.</summary>
    public static readonly string DropInPath = UnitDropIns.PathOf("nftables.service");

    /// <summary>The table, in the family inet.</summary>
    public const string Table = "redishabake";

    /// <summary>Where the distributions put nft.</summary>
    public const string Program = "/usr/sbin/nft";

    /// <summary>The rules.</summary>
    public static string Render(NodePlan plan, HostFacts host)
    {
        var text = new ConfigText()
            .Line(ConfigText.Header("#"))
            .Line($"# Loaded by {Unit}. What it dropped: nft list table inet {Table}")
            .Line()
            .Line("# Named, so that the next line finds it on a first load; both and the new one are one transaction.")
            .Line($"table inet {Table}")
            .Line($"delete table inet {Table}")
            .Line()
            .Line($"table inet {Table} {{");
        Set(text, "cluster", Cluster(plan, host));
        Set(text, "clients", plan.Firewall.Clients);
        text.Lines(
        [
            "    chain input {",
            "        type filter hook input priority filter; policy accept;",
            "        iifname \"lo\" accept",
            .. Vrrp(plan, host),
            .. Ports(plan),
            "    }",
            "}",
        ]);
        return text.ToString();
    }

    /// <summary>The unit.</summary>
    public static string RenderUnit() => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Section("[Unit]", "",
        [
            "Description=RedisHaBake firewall: lets the cluster and its clients reach the cluster's ports",
            "DefaultDependencies=no",
            "Wants=network-pre.target",
            "Before=network-pre.target shutdown.target",
            "Conflicts=shutdown.target",
            "After=nftables.service",
        ])
        .Section("[Service]", "",
        [
            "Type=oneshot",
            "RemainAfterExit=yes",
            $"ExecStart={Program} -f {Path}",
            $"ExecReload={Program} -f {Path}",
            $"ExecStop=-{Program} delete table inet {Table}",
        ])
        .Section("[Install]", "", "WantedBy=sysinit.target")
        .ToString();

    /// <summary>The drop-in for the distribution's unit.</summary>
    public static string RenderDropIn() => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Section("[Service]", "",
        [
            "# This unit flushes every table whenever it starts, reloads or stops: ours comes back at once.",
            $"ExecStartPost=-{Program} -f {Path}",
            $"ExecReload=-{Program} -f {Path}",
            $"ExecStopPost=-{Program} -f {Path}",
        ])
        .ToString();

    /// <summary>Rules, unit and drop-in, where the plan wants them.</summary>
    public static IReadOnlyList<ManagedFile> Files(NodePlan plan, HostFacts host)
        => plan.Firewall.Enabled ? [new(Path, Render(plan, host)), new(UnitPath, RenderUnit()), new(DropInPath, RenderDropIn())] : [];

    // While a peer's address is unknown the whole private network counts as the cluster: else the peer could never join.
    private static IReadOnlyList<string> Cluster(NodePlan plan, HostFacts host)
    {
        var known = Peers.Known(plan, host);
        return
        [
            .. known.Select(n => n.Address),
            .. new[] { plan.Addresses.Write, plan.Addresses.Read }.Where(a => a != Words.None),
            .. known.Count < plan.Nodes.Count ? [plan.Cidr] : Array.Empty<string>(),
        ];
    }

    private static void Set(ConfigText text, string name, IReadOnlyList<string> elements)
    {
        text.Lines(
        [
            $"    set {name} {{",
            "        type ipv4_addr",
            "        flags interval",
            "        auto-merge",
            .. elements.Count == 0 ? [] : (string[])[$"        elements = {{ {string.Join(", ", elements)} }}"],
            "    }",
            "",
        ]);
    }

    // By router id, the second byte of a VRRP packet: another VRRP on this VM is not ours to judge. As a number, since a small image
    // has no /etc/protocols to look the name up in.
    private static IEnumerable<string> Vrrp(NodePlan plan, HostFacts host)
    {
        if (!KeepalivedConf.Runs(plan))
            return [];
        var (write, read) = KeepalivedConf.RouterIds(plan);
        return
        [
            "",
            "        # VRRP: an address moves at the word of the other proxies only.",
            $"        ip protocol 112 @th,8,8 {{ {write}, {read} }} ip saddr != @cluster counter drop",
        ];
    }

    // By source address alone, without connection tracking: an address that moves here brings connections that no table knows.
    private static IEnumerable<string> Ports(NodePlan plan)
    {
        var serving = Serving(plan).Distinct().Order().ToList();
        var all = $"{{ {string.Join(", ", serving.Select(p => $"{p}").Concat(Internal(plan)))} }}";
        return
        [
            "",
            .. Meeting(plan),
            $"        tcp dport {all} ip saddr @cluster accept",
            $"        tcp dport {{ {string.Join(", ", serving)} }} ip saddr @clients accept",
            "        # Everybody else, IPv6 included.",
            $"        tcp dport {all} counter drop",
        ];
    }

    // A node that is made anew comes from an address that nobody knows yet; it has to say so somewhere.
    private static string[] Meeting(NodePlan plan)
        => plan.IsLate && MeetingPlace.IsAt(plan.Self)
            ? ["        # Where nodes with new addresses are met.", $"        tcp dport {MeetingPlace.Port(plan, plan.Self)} ip saddr {plan.Cidr} accept"]
            : [];

    private static IEnumerable<int> Serving(NodePlan plan)
    {
        var self = plan.Self;
        var ports = plan.Ports;
        var addresses = plan.Addresses;
        if (self.Has(NodeRole.Redis) || (self.Has(NodeRole.Haproxy) && (addresses.Mode == AddressMode.Floating || addresses.PinnedTo == plan.Node)))
            yield return ports.Redis;
        if (self.Has(NodeRole.Sentinel))
            yield return ports.Sentinel;
        if (!self.Has(NodeRole.Haproxy))
            yield break;
        yield return ports.Write;
        yield return ports.Read;
        yield return ports.Stats;
    }

    private static IEnumerable<string> Internal(NodePlan plan)
    {
        if (!plan.Self.Has(NodeRole.Haproxy))
            yield break;
        if (KeepalivedConf.Runs(plan))
            yield return $"{plan.Ports.Health}";
        yield return $"{plan.Ports.Gate}-{HaproxyCfg.LastGatePort(plan)}";
    }
}
