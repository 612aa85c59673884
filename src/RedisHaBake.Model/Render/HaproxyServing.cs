using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>What clients and operators meet: the write and the read side under the tutorial's names, and the stats page.</summary>
public static class HaproxyServing
{
    /// <summary>The write backend's name: the tutorial's.</summary>
    public const string WriteBackend = "back_redis_master";

    /// <summary>The read backend's name: the tutorial's.</summary>
    public const string ReadBackend = "back_redis_slave";

    internal static void Render(ConfigText text, NodePlan plan, HostFacts host)
    {
        var data = Peers.Known(plan, host, NodeRole.Redis);
        var holdsAddresses = plan.Addresses.Mode == AddressMode.Floating || plan.Addresses.PinnedTo == plan.Node;
        IEnumerable<string> Bind(bool has, string address, int ownPort) =>
        [
            .. has && holdsAddresses ? [$"bind {address}:{plan.Ports.Redis} name redis"] : Array.Empty<string>(),
            $"bind {host.Address}:{ownPort} name own",
        ];

        text.Section("frontend front_redis_master", "    ",
        [
            .. Bind(plan.Addresses.HasWrite, plan.Addresses.Write, plan.Ports.Write),
            $"maxconn {plan.Proxy.MaxConnections}",
            "option tcplog",
            $"default_backend {WriteBackend}",
        ]);
        text.Section("frontend front_redis_slave", "    ",
        [
            .. Bind(plan.Addresses.HasRead, plan.Addresses.Read, plan.Ports.Read),
            $"maxconn {plan.Proxy.MaxConnections}",
            "option tcplog",
            "# No replica is synced: the master serves the reads.",
            $"use_backend {WriteBackend} if {{ nbsrv({ReadBackend}) eq 0 }}",
            $"default_backend {ReadBackend}",
        ]);
        text.Section($"backend {WriteBackend}", "    ",
        [
            "# Each server's check asks its gate below, which knows what the Sentinels and the other data nodes say.",
            "option httpchk GET /gate",
            "http-check expect status 200",
            .. data.Select(n => $"server {n.Name} {n.Address}:{plan.Ports.Redis} check addr 127.0.0.1 port {HaproxyGate.Port(plan, n)}"),
        ]);
        text.Section($"backend {ReadBackend}", "    ",
        [
            "balance leastconn",
            "option tcp-check",
            $"tcp-check send-binary {HaproxyGate.AskRole(plan)}",
            "# Only a replica says either: synced, or its master was lost a moment ago, so that reads go on while a new one is found.",
            $"tcp-check expect rstring '{Readable(plan)}'",
            .. data.Select(n => $"server {n.Name} {n.Address}:{plan.Ports.Redis} check"),
        ]);
        Stats(text, plan, host);
    }

    private static void Stats(ConfigText text, NodePlan plan, HostFacts host)
    {
        text.Section("userlist operators", "    ", $"user {HaproxyCfg.Quote(plan.Proxy.StatsUser)} insecure-password {plan.Secrets.Stats}");
        text.Section("frontend stats", "    ",
        [
            "mode http",
            "no log",
            $"bind {host.Address}:{plan.Ports.Stats}",
            $"maxconn {HaproxyCfg.OfStrangers}",
            "http-request auth realm RedisHaBake unless { http_auth(operators) }",
            "http-request use-service prometheus-exporter if { path /metrics }",
            "stats enable",
            "stats hide-version",
            "stats refresh 30s",
            "stats show-node",
            "stats uri /stats",
        ]);
    }

    // [^!] spans lines with PCRE and without. A replica that never synced, or was just given another master, says -1 seconds; one that
    // loads a dataset says sync_in_progress:1.
    private static string Readable(NodePlan plan)
    {
        var seconds = plan.Failover.DownAfterMs <= 3000 ? "[0-9]" : "[12]?[0-9]";
        return $"master_link_status:up|master_sync_in_progress:0[^!]*master_link_down_since_seconds:{seconds}[^0-9]";
    }
}
