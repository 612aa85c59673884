using System.Net;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>What a rule sees: the spec, and which of its values the reader refused already, so that one mistake is said once.</summary>
internal sealed class RuleContext(ClusterSpec spec, ProblemList problems, Func<SpecPath, bool> written)
{
    private readonly HashSet<SpecPath> unsound = [.. problems.All.Where(p => p.Severity == Severity.Error).SelectMany(p => p.Path.Steps())];

    public ClusterSpec Spec => spec;

    /// <summary>The network; null where the spec's cidr was refused.</summary>
    public IPNetwork? Network { get; } = IPNetwork.TryParse(spec.Cidr, out var network) ? network : null;

    /// <summary>Whether the nodes and their roles can be relied upon.</summary>
    public bool RolesAreSound { get; } = !problems.All.Any(p => p.Severity == Severity.Error
        && p.Path.Steps().FirstOrDefault()?.Key == "nodes"
        && (p.Path.Steps().Count() <= 2 || p.Path.Steps().Any(s => s.Key == "roles")));

    public static SpecPath Node(int index, string key) => SpecPath.Root["nodes"][index][key];

    public bool Sound(SpecPath path) => !unsound.Contains(path);

    /// <summary>Whether the file has a value there: where two collide, the one that was written is pointed at rather than a default.</summary>
    public bool Written(SpecPath path) => written(path);

    public List<NodeSpec> With(NodeRole role) => [.. spec.Nodes.Where(n => n.Roles.Contains(role))];

    public void Add(string code, SpecPath path, string title, string expected, string action) => problems.Add(code, path, title, "expected " + expected, action);

    /// <summary>Why no machine may have this address: "the network's own address" and the like; null where one may.</summary>
    public string? Reserved(string address)
    {
        if (Network is not { } network)
            return null;
        if (!network.Contains(IPAddress.Parse(address)))
            return $"outside {spec.Cidr}";
        if (address == network.BaseAddress.ToString())
            return "the network's own address";
        if (address == Last(network))
            return "the network's broadcast address";
        return address == spec.Gateway ? "the gateway's address" : null;
    }

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
