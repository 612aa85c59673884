using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// Health relative to the peers, for keepalived: a proxy without a writable server gives its address up only while a peer has one.
/// With absolute health nobody would hold the address in the moments when no proxy has a server.
/// </summary>
internal static class HaproxyHealth
{
    public static void Render(ConfigText text, NodePlan plan, HostFacts host)
    {
        var peers = Peers.Others(plan, host, NodeRole.Haproxy);
        text.Section("frontend health", "    ",
        [
            "# The other proxies ask here what this one can serve.",
            "mode http",
            "no log",
            $"bind {host.Address}:{plan.Ports.Health}",
            $"maxconn {HaproxyCfg.OfStrangers}",
            .. Serves("/write", HaproxyServing.WriteBackend),
            .. Serves("/read", HaproxyServing.ReadBackend, HaproxyServing.WriteBackend),
            "http-request return status 503",
        ]);
        text.Section("frontend verdict", "    ",
        [
            "# keepalived's checks ask here: fit to hold the address?",
            "mode http",
            "no log",
            $"bind 127.0.0.1:{HaproxyCfg.VerdictPort(plan)}",
            "http-request return status 200 if { path /alive }",
            .. Serves("/write", HaproxyServing.WriteBackend),
            .. Serves("/read", HaproxyServing.ReadBackend, HaproxyServing.WriteBackend),
            .. NoPeerServes("/write", "peers_write", peers.Count),
            .. NoPeerServes("/read", "peers_read", peers.Count),
            "http-request return status 503",
        ]);
        if (peers.Count == 0)
            return;
        PeersServe(text, plan, peers, "write");
        PeersServe(text, plan, peers, "read");
    }

    private static IEnumerable<string> Serves(string path, params string[] backends)
        => backends.Select(b => $"http-request return status 200 if {{ path {path} }} {{ nbsrv({b}) ge 1 }}");

    private static IEnumerable<string> NoPeerServes(string path, string backend, int peers)
        => [$"http-request return status 200 if {{ path {path} }}" + (peers == 0 ? "" : $" {{ nbsrv({backend}) eq 0 }}")];

    private static void PeersServe(ConfigText text, NodePlan plan, IReadOnlyList<PlannedNode> peers, string side)
        => text.Section($"backend peers_{side}", "    ",
        [
            "no log",
            $"option httpchk GET /{side}",
            "http-check expect status 200",
            .. peers.Select(n => $"server {n.Name} {n.Address}:{plan.Ports.Health} check {CheckPace.Of(plan.Failover).Peers}"),
        ]);
}
