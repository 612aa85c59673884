using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>keepalived's configuration: two VRRP instances that move the write and the read address between the proxies.</summary>
public static class KeepalivedConf
{
    /// <summary>Where the package's unit reads it.</summary>
    public const string Path = "/etc/keepalived/keepalived.conf";

    /// <summary>The script that asks this node's HAProxy; shipped in the agent's package.</summary>
    public const string CheckScript = "/usr/lib/redishabake/check-proxy";

    // Above every node's own.
    private const int TakeOverPriority = 254;

    // The script needs no right at all. Not by script_user: keepalived 2.2.7 with another script user than root kills itself in
    // "keepalived -t", the check that every new text must pass (fixed by 2.3.3).
    private const string AsNobody = "/usr/bin/setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs";

    /// <summary>Whether this node runs keepalived: a proxy of a cluster whose addresses float.</summary>
    public static bool Runs(NodePlan plan)
        => plan.Self.Has(NodeRole.Haproxy) && plan.Addresses.Mode == AddressMode.Floating && (plan.Addresses.HasWrite || plan.Addresses.HasRead);

    /// <summary>The text.</summary>
    public static string Render(NodePlan plan, HostFacts host) => Render(plan, host, takeOver: false);

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(NodePlan plan, HostFacts host) => new(Path, Render(plan, host), "0640");

    /// <summary>The same for a keepalived that takes the addresses from whoever has them: how a move is tried.</summary>
    public static ManagedFile TakingOver(NodePlan plan, HostFacts host) => new(Path, Render(plan, host, takeOver: true), "0640");

    private static string Render(NodePlan plan, HostFacts host, bool takeOver)
    {
        var text = new ConfigText().Line(ConfigText.Header("#"));
        Block(text, "global_defs",
        [
            $"router_id {plan.Node}",
            "vrrp_version 3",
            "enable_script_security",
            "script_user root",
            "vrrp_garp_master_refresh 10",
            // After a split that nobody's link showed both hold the address, and the network remembers the one that now gives it up: its last
            // advert makes the other say again where the address is. Without it clients found nobody for up to the 10 s above.
            "vrrp_higher_prio_send_advert true",
        ]);
        var port = HaproxyCfg.VerdictPort(plan);
        var pace = CheckPace.Of(plan.Failover);
        Script(text, pace, "proxy_alive", $"{port} /alive", fall: 2, ["init_fail"]);
        var (write, read) = RouterIds(plan);
        if (plan.Addresses.HasWrite)
        {
            Script(text, pace, "proxy_write", $"{port} /write", pace.SideFall, []);
            Instance(text, plan, host, "write", write, plan.Addresses.Write, takeOver);
        }

        if (plan.Addresses.HasRead)
        {
            Script(text, pace, "proxy_read", $"{port} /read", pace.SideFall, []);
            Instance(text, plan, host, "read", read, plan.Addresses.Read, takeOver);
        }

        if (plan.Proxy.KeepalivedExtra.Count > 0)
            text.Line().Line("# From the spec").Lines(plan.Proxy.KeepalivedExtra);
        return text.ToString();
    }

    /// <summary>
    /// The VRRP router ids, 1 to 254: an odd one for the write address and the next for the read address, the same on every node of a
    /// cluster and as different as 127 pairs allow between clusters that share a network.
    /// </summary>
    public static (int Write, int Read) RouterIds(NodePlan plan)
    {
        var pair = SHA256.HashData(Encoding.UTF8.GetBytes(plan.Secrets.ClusterId))[0] % 127;
        return ((2 * pair) + 1, (2 * pair) + 2);
    }

    // A lost server counts after four seconds only: proxies learn of a change at slightly different moments, and the address would flap.
    private static void Script(ConfigText text, CheckPace pace, string name, string arguments, int fall, IEnumerable<string> more) => Block(text, $"vrrp_script {name}",
    [
        $"script \"{AsNobody} {CheckScript} {arguments}{pace.ScriptArgument}\"",
        $"interval {pace.ScriptIntervalS}",
        $"timeout {pace.ScriptTimeoutS}",
        $"fall {fall}",
        "rise 1",
        .. more,
    ]);

    private static void Instance(ConfigText text, NodePlan plan, HostFacts host, string side, int routerId, string address, bool takeOver)
    {
        var peers = Peers.Others(plan, host, NodeRole.Haproxy);
        Block(text, $"vrrp_instance {side}",
        [
            "state BACKUP",
            .. takeOver ? Array.Empty<string>() : ["nopreempt"],
            $"interface {host.Interface}",
            $"virtual_router_id {routerId}",
            $"priority {(takeOver ? TakeOverPriority : Priority(plan))}",
            $"advert_int {Seconds(plan.Failover.AdvertMs)}",
            .. peers.Count == 0 ? [] : Unicast(host, peers),
            "virtual_ipaddress {",
            $"    {address}/32 dev {host.Interface}",
            "}",
            "track_script {",
            "    proxy_alive",
            $"    proxy_{side}",
            "}",
        ]);
    }

    // Without a known peer keepalived can only multicast, which reaches the peers that have still to be told.
    private static IEnumerable<string> Unicast(HostFacts host, IReadOnlyList<PlannedNode> peers) =>
    [
        $"unicast_src_ip {host.Address}",
        "check_unicast_src",
        "unicast_peer {",
        .. peers.Select(p => $"    {p.Address}"),
        "}",
    ];

    // By the spec's order, so that two nodes never claim an address with one priority.
    private static int Priority(NodePlan plan) => 200 - plan.ProxyNodes.TakeWhile(n => n.Name != plan.Node).Count();

    private static string Seconds(int ms) => $"{ms / 1000}.{ms % 1000:000}".TrimEnd('0').TrimEnd('.');

    private static void Block(ConfigText text, string title, IEnumerable<string> lines)
        => text.Section(title + " {", "    ", lines).Line("}");
}
