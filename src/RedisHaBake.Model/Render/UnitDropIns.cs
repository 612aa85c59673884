using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// The drop-ins that put the agent's guards around the packages' own units. No start limit anywhere: five failing starts would leave a
/// unit failed for good.
/// </summary>
public static class UnitDropIns
{
    /// <summary>The unit that decides who may be master; shipped in the agent's package.</summary>
    public const string JoinUnit = "redishabake-join.service";

    /// <summary>HAProxy's unit.</summary>
    public const string HaproxyUnit = "haproxy.service";

    /// <summary>keepalived's unit.</summary>
    public const string KeepalivedUnit = "keepalived.service";

    private const string Agent = "/usr/bin/redishabake-agent";

    /// <summary>The path of the drop-in for <paramref name="unit"/>.</summary>
    public static string PathOf(string unit) => $"/etc/systemd/system/{unit}.d/redishabake.conf";

    /// <summary>The drop-ins of this node's units.</summary>
    public static IReadOnlyList<ManagedFile> For(NodePlan plan)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        var self = plan.Self;
        List<ManagedFile> files = [];
        if (self.Has(NodeRole.Redis))
            files.Add(Drop(layout.ServerUnit, Server(plan, layout)));
        if (self.Has(NodeRole.Sentinel))
            files.Add(Drop(layout.SentinelUnit, Sentinel(self)));
        if (self.Has(NodeRole.Redis) || self.Has(NodeRole.Sentinel))
            files.Add(Drop(JoinUnit, Join(self.Has(NodeRole.Redis) ? layout.ServerUnit : layout.SentinelUnit)));
        if (self.Has(NodeRole.Haproxy))
            files.Add(Drop(HaproxyUnit, Haproxy(plan)));
        if (KeepalivedConf.Runs(plan))
            files.Add(Drop(KeepalivedUnit, Keepalived()));
        return files;
    }

    private static ManagedFile Drop(string unit, ConfigText text) => new(PathOf(unit), text.ToString());

    private static ConfigText Server(NodePlan plan, EngineLayout layout) => Text()
        .Section("[Unit]", "",
        [
            // Ordered last, so that a shutdown stops Redis first, while all that its hand-over needs still works.
            $"After=network-online.target {string.Join(' ', Neighbours(plan, layout))}".TrimEnd(),
            $"Wants=network-online.target {JoinUnit}",
            "StartLimitIntervalSec=0",
        ])
        .Section("[Service]", "",
        [
            $"ExecStartPre=+{Agent} hook redis-start",
            "ExecStart=",
            $"ExecStart={layout.ServerBinary} {layout.ServerConfig} --supervised systemd --daemonize no --replicaof \"127.0.0.1 1\" --replica-priority 0",
            $"ExecStop=+{Agent} hook redis-stop",
            $"ExecStopPost=+{Agent} hook redis-stopped",
            "Restart=always",
            "TimeoutStartSec=infinity",
            "TimeoutStopSec=20",
            "UMask=0077",
            "OOMScoreAdjust=-900",
            "LimitNOFILE=65535",
        ]);

    private static ConfigText Sentinel(PlannedNode self) => Text()
        .Section("[Unit]", "",
        [
            "After=network-online.target",
            $"Wants=network-online.target{(self.Has(NodeRole.Redis) ? "" : " " + JoinUnit)}",
            "StartLimitIntervalSec=0",
        ])
        .Section("[Service]", "",
        [
            $"ExecStartPre=+{Agent} hook sentinel-start",
            $"ExecStartPost=-+{Agent} hook sentinel-started",
            "Restart=always",
            "TimeoutStopSec=10",
            "UMask=0077",
            "OOMScoreAdjust=-900",
        ]);

    private static ConfigText Join(string engineUnit) => Text()
        .Section("[Unit]", "", $"PartOf={engineUnit}");

    private static ConfigText Haproxy(NodePlan plan) => Text()
        .Section("[Unit]", "",
        [
            // ip_nonlocal_bind, without which HAProxy cannot bind an address that another node holds.
            "After=systemd-sysctl.service network-online.target",
            $"Wants=network-online.target{(KeepalivedConf.Runs(plan) ? " " + KeepalivedUnit : "")}",
            "StartLimitIntervalSec=0",
        ])
        .Section("[Service]", "",
        [
            "Restart=always",
            $"LimitNOFILE={HaproxyCfg.Files(plan)}",
            "OOMScoreAdjust=-900",

            // The journal's socket inside HAProxy's chroot: Debian's unit does it too, Ubuntu's leaves it to a syslog daemon.
            "BindReadOnlyPaths=/dev/log:/var/lib/haproxy/dev/log",
        ]);

    // Stopped before HAProxy and with it, so that the addresses have moved when it ends.
    private static ConfigText Keepalived() => Text()
        .Section("[Unit]", "",
        [
            $"After={HaproxyUnit}",
            $"PartOf={HaproxyUnit}",
            "StartLimitIntervalSec=0",
        ])
        .Section("[Service]", "",
        [
            "Restart=always",
            "RestartSec=1",
            "TimeoutStopSec=10",
            "OOMScoreAdjust=-900",
        ]);

    private static IEnumerable<string> Neighbours(NodePlan plan, EngineLayout layout) =>
    [
        .. plan.Self.Has(NodeRole.Sentinel) ? [layout.SentinelUnit] : Array.Empty<string>(),
        .. plan.Self.Has(NodeRole.Haproxy) ? [HaproxyUnit] : Array.Empty<string>(),
        .. KeepalivedConf.Runs(plan) ? [KeepalivedUnit] : Array.Empty<string>(),
    ];

    private static ConfigText Text() => new ConfigText().Line(ConfigText.Header("#"));
}
