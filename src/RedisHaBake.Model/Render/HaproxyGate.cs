using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// The write gate, one per data node: open only while the node says role:master and either a majority of the Sentinels names it, or
/// a majority has been reached for a while and no other data node says role:master. Naming alone as the gate would cost a second after
/// each promotion, since a Sentinel refreshes INFO once a second. "For a while" (<see cref="CheckPace.Settled"/>) is for the moment when
/// a cut ends: for the proxy beside the stale master the Sentinels are back a little before the new master has answered, and until then
/// a stale master looks like one that was just promoted. Nothing here logs: ten questions a second would flood the journal, and what
/// follows from the answers is logged where it counts, at the write backend.
/// </summary>
internal static class HaproxyGate
{
    /// <summary>A gate's port on loopback.</summary>
    public static int Port(NodePlan plan, PlannedNode candidate)
        => plan.Ports.Gate + plan.DataNodes.TakeWhile(n => n.Name != candidate.Name).Count();

    /// <summary>AUTH, INFO and QUIT in one packet: without QUIT every "no" lasts until the check's time-out.</summary>
    public static string AskRole(NodePlan plan) => RespHex.Packet(Login(plan), ["INFO", "replication"], ["QUIT"]);

    public static void Render(ConfigText text, NodePlan plan, HostFacts host)
    {
        var data = Peers.Known(plan, host, NodeRole.Redis);
        var sentinels = Peers.Known(plan, host, NodeRole.Sentinel);
        foreach (var candidate in data)
            Gate(text, plan, data, candidate);
        foreach (var candidate in data)
            Role(text, plan, candidate);
        foreach (var candidate in data)
            Named(text, plan, sentinels, candidate);
        text.Section("backend sentinels", "    ",
        [
            "# Reached for a while: by then each master has been asked, and a stale one was demoted.",
            "no log",
            "option tcp-check",
            $"tcp-check send-binary {RespHex.Packet(Login(plan), ["PING"], ["QUIT"])}",
            $"tcp-check expect binary {RespHex.Hex("+OK\r\n+PONG\r\n")}",
            .. Servers(plan, sentinels).Select(s => $"{s} rise {CheckPace.Of(plan.Failover).Settled}"),
        ]);
    }

    private static void Gate(ConfigText text, NodePlan plan, IReadOnlyList<PlannedNode> data, PlannedNode candidate)
        => text.Section($"frontend gate_{candidate.Name}", "    ",
        [
            "mode http",
            "no log",
            $"bind 127.0.0.1:{Port(plan, candidate)}",
            "monitor-uri /gate",
            $"acl named nbsrv(named_{candidate.Name}) ge {plan.SentinelMajority}",
            $"monitor fail if {{ nbsrv(role_{candidate.Name}) eq 0 }}",
            $"monitor fail if !named {{ nbsrv(sentinels) lt {plan.SentinelMajority} }}",
            .. data.Where(n => n.Name != candidate.Name).Select(n => $"monitor fail if !named {{ nbsrv(role_{n.Name}) ge 1 }}"),
        ]);

    private static void Role(ConfigText text, NodePlan plan, PlannedNode candidate)
        => text.Section($"backend role_{candidate.Name}", "    ",
        [
            "no log",
            "option tcp-check",
            $"tcp-check send-binary {AskRole(plan)}",
            "# role:master",
            $"tcp-check expect binary {RespHex.Hex("\r\nrole:master\r\n")}",
            $"server {candidate.Name} {candidate.Address}:{plan.Ports.Redis} check fall 1",
        ]);

    private static void Named(ConfigText text, NodePlan plan, IReadOnlyList<PlannedNode> sentinels, PlannedNode candidate)
    {
        var ask = RespHex.Packet(Login(plan), ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", plan.MasterName], ["QUIT"]);
        var named = "+OK\r\n" + RespHex.Array([candidate.Address, $"{plan.Ports.Redis}"]);
        text.Section($"backend named_{candidate.Name}", "    ",
        [
            "no log",
            "option tcp-check",
            $"tcp-check send-binary {ask}",
            $"# {candidate.Address} {plan.Ports.Redis}",
            // min-recv: with so many bytes a "no" is final. Since Redis 7.2 a Sentinel knows no QUIT and leaves the connection open, and
            // HAProxy would else wait for more until the check's time-out.
            $"tcp-check expect min-recv {named.Length} binary {RespHex.Hex(named)}",
            .. Servers(plan, sentinels),
        ]);
    }

    private static IEnumerable<string> Servers(NodePlan plan, IReadOnlyList<PlannedNode> sentinels)
        => sentinels.Select(n => $"server {n.Name} {n.Address}:{plan.Ports.Sentinel} check");

    private static string[] Login(NodePlan plan) => ["AUTH", InternalUsers.HealthCheck, plan.Secrets.HealthCheck];
}
