using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>A place where clients go in.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Where">The address and the port, or whom to ask.</param>
/// <param name="Nodes">The nodes that it leads to.</param>
internal sealed record Entrance(string Title, Html Where, IReadOnlyList<string> Nodes)
{
    /// <summary>Those of <paramref name="spec"/>: the extra addresses, else the proxies' own, else Sentinel.</summary>
    public static IReadOnlyList<Entrance> Of(ClusterSpec spec, LateFields late)
    {
        var addresses = spec.Addresses;
        var proxies = Names(spec, NodeRole.Haproxy);
        IReadOnlyList<string> carriers = addresses.Mode == AddressMode.Pinned ? [addresses.PinnedTo] : proxies;
        if (proxies.Count == 0)
            return [new("Clients ask Sentinel", Html.Of($"any Sentinel:{spec.Ports.Sentinel}"), Names(spec, NodeRole.Sentinel))];
        return
        [
            new("Writes", late.Drawn(LateFields.Write, addresses.Write, $"any proxy:{spec.Ports.Write}", $":{spec.Ports.Redis}"), addresses.HasWrite ? carriers : proxies),
            new("Reads", late.Drawn(LateFields.Read, addresses.Read, $"any proxy:{spec.Ports.Read}", $":{spec.Ports.Redis}"), addresses.HasRead ? carriers : proxies),
        ];
    }

    private static List<string> Names(ClusterSpec spec, NodeRole role) => [.. spec.Nodes.Where(n => n.Roles.Contains(role)).Select(n => n.Name)];
}
