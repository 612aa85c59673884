using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// The forward proxy on the node through which the others install: tinyproxy, which is 0.1 MB, needs nothing but libc and is in every archive that
/// a spec may name. It runs for as long as a node installs. Its package with the program alone is taken: it brings no service of its own.
/// </summary>
public static class EgressProxy
{
    /// <summary>What it reads at its start, as a user to whom /etc/redishabake is closed.</summary>
    public const string Path = "/etc/tinyproxy/redishabake.conf";

    /// <summary>Where it may go, and who may come, as the kernel sees to it.</summary>
    public const string RulesPath = "/etc/redishabake/egress.nft";

    /// <summary>Its unit.</summary>
    public const string Unit = "redishabake-egress.service";

    /// <summary>The unit's file. Not in the agent's package: the proxy is there before it.</summary>
    public const string UnitPath = "/etc/systemd/system/" + Unit;

    /// <summary>The drop-in that keeps the rules over what the distribution's own unit does.</summary>
    public const string DropInPath = "/etc/systemd/system/nftables.service.d/redishabake-egress.conf";

    /// <summary>The packages that it needs.</summary>
    public static readonly IReadOnlyList<string> Packages = ["nftables", "tinyproxy-bin"];

    private const string Table = "redishabake_egress";

    // There while the unit runs.
    private const string Running = "redishabake-egress";

    // base-passwd's own account for proxies, the same in Debian and Ubuntu.
    private const string User = "proxy";

    /// <summary>The proxy's files where <paramref name="plan"/>'s node lets the others out.</summary>
    /// <param name="plan">The node's plan.</param>
    /// <param name="address">Its private address, to which the proxy is bound.</param>
    public static IReadOnlyList<ManagedFile> Files(NodePlan plan, string address)
        => plan.Egress.Via == plan.Node ? [new(Path, Render(plan, address)), new(RulesPath, RenderRules(plan)), new(UnitPath, RenderUnit()), new(DropInPath, RenderDropIn())] : [];

    private static string Render(NodePlan plan, string address) => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Lines(
        [
            $"Listen {address}",
            $"Port {plan.Egress.Port}",
            $"Allow {plan.Cidr}",
            "ConnectPort 443",
            "Timeout 120",
            "MaxClients 100",
            "DisableViaHeader Yes",
            "LogLevel Connect",
        ])
        .ToString();

    // tinyproxy limits the ports of CONNECT alone, and looks at names: what they lead to is seen here. Through it nobody shall reach this
    // node's own services, the private network, or the provider's metadata, which answers with this node's user-data and so its passwords.
    private static string RenderRules(NodePlan plan) => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Lines(
        [
            $"# Loaded by {Unit}. What it refused: nft list table inet {Table}",
            $"table inet {Table}",
            $"delete table inet {Table}",
            $"table inet {Table} {{",
            "    # Only what the proxy itself sends comes here: a packet without a socket, such as a reset, is nobody's.",
            "    chain output {",
            "        type filter hook output priority filter; policy accept;",
            $"        meta skuid {User} tcp sport != {plan.Egress.Port} jump proxied",
            $"        meta skuid {User} meta l4proto != tcp jump proxied",
            "    }",
            "    chain proxied {",
            "        meta l4proto { tcp, udp } th dport 53 accept",
            $"        ip daddr {plan.Cidr} counter reject",
            "        # Every network that is not the internet (RFC 6890): some providers answer with user-data on a private router's address.",
            "        ip daddr { 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16 } counter reject",
            "        fib daddr type local counter reject",
            "        ip6 daddr != 2000::/3 counter reject",
            "        tcp dport { 80, 443 } accept",
            "        counter reject",
            "    }",
            "    chain input {",
            "        type filter hook input priority filter; policy accept;",
            $"        tcp dport {plan.Egress.Port} ip saddr != {plan.Cidr} counter drop",
            "    }",
            "}",
        ])
        .ToString();

    private static string RenderUnit() => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Section("[Unit]", "",
        [
            "Description=RedisHaBake egress: lets nodes without internet install",
            "Wants=network-online.target",
            "After=network-online.target nftables.service",
            "StartLimitIntervalSec=0",
        ])
        .Section("[Service]", "",
        [
            $"ExecStartPre=+{FirewallNft.Program} -f {RulesPath}",
            $"ExecStart=/usr/bin/tinyproxy -d -c {Path}",
            $"ExecStopPost=-+{FirewallNft.Program} delete table inet {Table}",
            $"User={User}",
            $"Group={User}",
            $"RuntimeDirectory={Running}",
            "Restart=always",
            "RestartSec=2",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "PrivateTmp=yes",
        ])
        .Section("[Install]", "", "WantedBy=multi-user.target")
        .ToString();

    // Without its rules the running proxy would lead anybody of the network to the metadata service. One that does not run needs none.
    private static string RenderDropIn()
    {
        var load = $"-/bin/sh -c '[ ! -d /run/{Running} ] || exec {FirewallNft.Program} -f {RulesPath}'";
        return new ConfigText()
            .Line(ConfigText.Header("#"))
            .Section("[Service]", "",
            [
                "# This unit flushes every table whenever it starts, reloads or stops: the proxy's comes back at once.",
                $"ExecStartPost={load}",
                $"ExecReload={load}",
                $"ExecStopPost={load}",
            ])
            .ToString();
    }
}
