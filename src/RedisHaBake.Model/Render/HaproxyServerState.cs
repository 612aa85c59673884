using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// A saved state in which every server is down, loaded at each start: HAProxy otherwise starts with every server, and so every gate,
/// open (20 of the first 30 connections then reach a replica). The keyword for it, init-state (3.1), did nothing at a start before its
/// commit 18c5cd667, seen with 3.2.0; the state file works from 2.4 to 3.2.
/// </summary>
public static class HaproxyServerState
{
    /// <summary>Where haproxy.cfg looks for it.</summary>
    public const string Path = "/etc/haproxy/redishabake-servers.state";

    /// <summary>The text, in the format of HAProxy's "show servers state", version 1.</summary>
    public static string Render(NodePlan plan, HostFacts host)
    {
        var text = new ConfigText()
            .Line("1")
            .Line("# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change"
                + " srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id"
                + " srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port");
        foreach (var (backend, servers) in Backends(plan, host))
        {
            for (var i = 0; i < servers.Count; i++)
                text.Line($"0 {backend} {i + 1} {servers[i].Name} {servers[i].Address} 0 0 1 1 0 1 0 0 6 0 0 0 - {servers[i].Port} - 0 0 - - 0");
        }

        return text.ToString();
    }

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(NodePlan plan, HostFacts host) => new(Path, Render(plan, host));

    private static IEnumerable<(string Backend, IReadOnlyList<(string Name, string Address, int Port)> Servers)> Backends(NodePlan plan, HostFacts host)
    {
        var data = On(Peers.Known(plan, host, NodeRole.Redis), plan.Ports.Redis);
        var sentinels = On(Peers.Known(plan, host, NodeRole.Sentinel), plan.Ports.Sentinel);
        var proxies = KeepalivedConf.Runs(plan) ? On(Peers.Others(plan, host, NodeRole.Haproxy), plan.Ports.Health) : [];
        return
        [
            (HaproxyServing.WriteBackend, data),
            (HaproxyServing.ReadBackend, data),
            .. data.Select(n => ($"role_{n.Name}", (IReadOnlyList<(string, string, int)>)[n])),
            .. data.Select(n => ($"named_{n.Name}", sentinels)),
            ("sentinels", sentinels),
            ("peers_write", proxies),
            ("peers_read", proxies),
        ];
    }

    private static IReadOnlyList<(string Name, string Address, int Port)> On(IReadOnlyList<PlannedNode> nodes, int port)
        => [.. nodes.Select(n => (n.Name, n.Address, port))];
}
