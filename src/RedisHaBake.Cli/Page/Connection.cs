using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>One kind of traffic that a provider's firewall has to let pass.</summary>
/// <param name="From">Who opens the connection.</param>
/// <param name="To">Where to; nodes by name.</param>
/// <param name="Port">TCP port, or the protocol where it is none.</param>
/// <param name="Why">What for.</param>
internal sealed record Connection(string From, string To, string Port, string Why)
{
    private const string Application = "your application";

    private const string EveryVm = "every VM";

    /// <summary>All of <paramref name="spec"/>'s cluster: what clients use first.</summary>
    public static IEnumerable<Connection> Of(ClusterSpec spec, LateFields late)
    {
        var ports = spec.Ports;
        var proxies = Names(spec, NodeRole.Haproxy);
        if (spec.Addresses.HasWrite || late.HasExtra)
            yield return new(Application, "the write address", $"{ports.Redis}", "reads and writes, on the master");
        if (spec.Addresses.HasRead || late.HasExtra)
            yield return new(Application, "the read address", $"{ports.Redis}", "reads, on the synced replicas");
        if (proxies.Length > 0)
            yield return new(Application, proxies, $"{ports.Write}, {ports.Read}", "the same through a VM’s own address: the master, the replicas");
        if (spec.Users.Any(u => u.Sentinel))
            yield return new(Application, Names(spec, NodeRole.Sentinel), $"{ports.Sentinel}", "only clients that ask Sentinel for the master; they reach Redis itself, too");
        yield return new(EveryVm, Names(spec, NodeRole.Redis), $"{ports.Redis}", "replication, health checks");
        yield return new(EveryVm, Names(spec, NodeRole.Sentinel), $"{ports.Sentinel}", "Sentinels agree on the master");
        if (spec.Addresses.Mode == AddressMode.Floating && proxies.Length > 0)
        {
            yield return new(proxies == EveryVm ? EveryVm : "every proxy", proxies, $"{ports.Health}", "proxies ask each other how they are");
            yield return new(proxies == EveryVm ? EveryVm : "every proxy", proxies, "IP protocol 112", "VRRP moves the extra addresses");
        }

        if (spec.Via is { } via)
            yield return new("the other VMs", via, $"{spec.Egress.Port}", "installing: ports 80 and 443 of the internet through it; later closed");
        if (proxies.Length > 0)
            yield return new("you", proxies, $"{ports.Stats}", "HAProxy’s page, /stats");
    }

    private static string Names(ClusterSpec spec, NodeRole role)
        => spec.Nodes.All(n => n.Roles.Contains(role)) && spec.Nodes.Count > 1 ? EveryVm : string.Join(", ", spec.Nodes.Where(n => n.Roles.Contains(role)).Select(n => n.Name));
}
