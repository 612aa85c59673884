using System.Net;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>What a rule sees: the spec, and which of its values the reader refused already, so that one mistake is said once.</summary>
internal sealed class RuleContext(ClusterSpec spec, ProblemList problems, Func<SpecPath, bool> written, bool handsOut)
{
    private static readonly (IPNetwork Network, string Use)[] SpecialNetworks =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "\"this network\": only a machine that has no address yet sends from there"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback: every machine's own, and no other machine answers there"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local: each machine chooses such an address anew, and clouds keep their metadata service there"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast: no machine has such an address as its own"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved: routers drop it"),
    ];

    private readonly HashSet<SpecPath> unsound = [.. problems.Unsound.SelectMany(p => p.Steps())];

    public ClusterSpec Spec => spec;

    /// <summary>Whether texts leave the program: what only those need is an error then, and a warning before.</summary>
    public bool HandsOut => handsOut;

    /// <summary>The network; null where the spec's cidr was refused.</summary>
    public IPNetwork? Network { get; } = IPNetwork.TryParse(spec.Cidr, out var network) ? network : null;

    /// <summary>Whether the nodes and their roles can be relied upon.</summary>
    public bool RolesAreSound { get; } = !problems.Unsound.Any(p => p.Steps().FirstOrDefault()?.Key == "nodes"
        && (p.Steps().Count() <= 2 || p.Steps().Any(s => s.Key == "roles")));

    public static SpecPath Node(int index, string key) => SpecPath.Root["nodes"][index][key];

    public bool Sound(SpecPath path) => !unsound.Contains(path);

    /// <summary>Whether the file has a value there: where two collide, the one that was written is pointed at rather than a default.</summary>
    public bool Written(SpecPath path) => written(path);

    /// <summary>The node's name; where it has none, its place in the list.</summary>
    public string Called(NodeSpec node) => node.Name.Length > 0 ? node.Name : $"nodes[{spec.Nodes.TakeWhile(n => !ReferenceEquals(n, node)).Count()}]";

    /// <summary>Milliseconds as people say them: 500 ms, 1.5 s, 20 s.</summary>
    public static string Time(int ms) => ms < 1000 ? $"{ms} ms" : FormattableString.Invariant($"{ms / 1000.0} s");

    public List<NodeSpec> With(NodeRole role) => [.. spec.Nodes.Where(n => n.Roles.Contains(role))];

    public void Add(string code, SpecPath path, string title, string expected, string action) => problems.Add(code, path, title, "expected " + expected, action);

    /// <summary>Why no machine may have this address: "the network's own address" and the like; null where one may.</summary>
    public string? Reserved(string address, bool isGateway = false)
    {
        if (Network is not { } network)
            return null;
        if (!network.Contains(IPAddress.Parse(address)))
            return $"outside {spec.Cidr}";
        if (address == network.BaseAddress.ToString())
            return "the network's own address";
        if (address == Last(network))
            return "the network's broadcast address";
        return address == spec.Gateway && !isGateway ? "the gateway's address" : null;
    }

    /// <summary>What no VM has its private address in, though it looks like one (RFC 6890): the network and what it is for; null where there is nothing of it.</summary>
    public static (IPNetwork Network, string Use)? Special(IPNetwork network)
        => SpecialNetworks.FirstOrDefault(s => s.Network.Contains(network.BaseAddress) || network.Contains(s.Network.BaseAddress)) is { Use: not null } special ? special : null;

    /// <summary>"10.10.90.1 to 10.10.90.254".</summary>
    public string Range => Network is { } network ? $"{Offset(network, 1)} to {Offset(network, (1L << (32 - network.PrefixLength)) - 2)}" : spec.Cidr;

    private static string Last(IPNetwork network) => Offset(network, (1L << (32 - network.PrefixLength)) - 1);

    private static string Offset(IPNetwork network, long offset)
    {
        var first = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        var bytes = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(first + offset));
        return new IPAddress(bytes).ToString();
    }
}
