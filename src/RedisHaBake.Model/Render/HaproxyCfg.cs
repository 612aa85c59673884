using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// HAProxy's configuration: the write and the read address, the write gate and the health answers for keepalived. Complete for HAProxy
/// 2.4 and newer.
/// </summary>
public static class HaproxyCfg
{
    /// <summary>Where the package's unit reads it.</summary>
    public const string Path = "/etc/haproxy/haproxy.cfg";

    /// <summary>The text.</summary>
    public static string Render(NodePlan plan, HostFacts host)
    {
        var text = new ConfigText().Line(ConfigText.Header("#"));
        Global(text, plan);
        Defaults(text, plan);

        // The stats page lists sections in this order: what an operator watches stands first, under the tutorial's names.
        HaproxyServing.Render(text, plan, host);
        HaproxyGate.Render(text, plan, host);
        if (KeepalivedConf.Runs(plan))
            HaproxyHealth.Render(text, plan, host);
        if (plan.Proxy.Extra.Count > 0)
            text.Line().Line("# From the spec").Lines(plan.Proxy.Extra);
        return text.ToString();
    }

    /// <summary>The file with its permissions: it holds the passwords of the checks and of the stats page.</summary>
    public static ManagedFile File(NodePlan plan, HostFacts host) => new(Path, Render(plan, host), "0640", "haproxy");

    /// <summary>The port on loopback where keepalived's checks ask; the first one after the gates.</summary>
    public static int VerdictPort(NodePlan plan) => plan.Ports.Gate + plan.DataNodes.Count;

    /// <summary>The last of the ports on loopback from <see cref="PortPlan.Gate"/> on: a gate's, or the verdict's where keepalived asks.</summary>
    internal static int LastGatePort(NodePlan plan) => KeepalivedConf.Runs(plan) ? VerdictPort(plan) : VerdictPort(plan) - 1;

    /// <summary>Connections that the stats page or the other proxies' health checks may hold.</summary>
    internal const int OfStrangers = 100;

    // Room for the gates, the verdict, the health answers and the stats page.
    private const int Reserve = 500;

    /// <summary>
    /// Connections of the whole process: those of both sides, and room for our own checks. Were clients to take the last one, the gates'
    /// checks would time out, the master would count as down, and every session would be cut.
    /// </summary>
    internal static int MaxConnections(NodePlan plan) => (2 * plan.Proxy.MaxConnections) + Reserve;

    /// <summary>
    /// Open files that HAProxy may have: two for each connection, and room for listeners, checks and logs. With fewer than its maxconn needs
    /// it does not start ("strict-limits", on by default since 2.3).
    /// </summary>
    internal static int Files(NodePlan plan) => Math.Max(65535, FilesFor(plan.Proxy.MaxConnections));

    /// <summary>Open files that it needs for <paramref name="maxConnections"/> clients on each side.</summary>
    public static int FilesFor(int maxConnections) => (2 * ((2 * maxConnections) + Reserve)) + 1024;

    /// <summary>Strong quotes: HAProxy expands nothing inside.</summary>
    internal static string Quote(string word) => $"'{word.Replace("'", "'\\''")}'";

    private static void Global(ConfigText text, NodePlan plan) => text.Section("global", "    ",
    [
        // Capped at err: HAProxy calls an empty backend an emergency, and journald shows those on every terminal. Quiet, so that a
        // server's change is one line: HAProxy would say it on standard error too. (Not "log stdout": quiet closes that.)
        "log /dev/log daemon info err",
        "quiet",
        "chroot /var/lib/haproxy",
        "stats socket /run/haproxy/admin.sock mode 660 level admin expose-fd listeners",
        "user haproxy",
        "group haproxy",
        $"maxconn {MaxConnections(plan)}",
        "nbthread 1",
        // After a reload the old process keeps its sessions, and checks no longer what they lead to: nothing would cut those to a
        // master that is replaced. They end, as at any change of the master, and their clients connect again.
        "hard-stop-after 500ms",
        $"server-state-file {HaproxyServerState.Path}",
    ]);

    private static void Defaults(ConfigText text, NodePlan plan) => text.Section("defaults", "    ",
    [
        "log global",
        "mode tcp",
        "option dontlog-normal",
        "option clitcpka",
        "option srvtcpka",
        "retries 0",
        $"timeout connect {plan.Proxy.ConnectTimeoutMs}ms",
        $"timeout client {plan.Proxy.ClientTimeoutMs}ms",
        $"timeout server {plan.Proxy.ServerTimeoutMs}ms",
        "timeout tunnel 1h",
        $"timeout check {CheckPace.Of(plan.Failover).Answer}",
        "timeout http-request 5s",

        "load-server-state-from-file global",
        $"default-server {CheckPace.Of(plan.Failover).Servers} rise 1 fall 2 on-marked-down shutdown-sessions",
    ]);
}
