using System.Security.Cryptography;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;
using OperatingSystem = RedisHaBake.Model.Spec.OperatingSystem;

namespace RedisHaBake.Cli.Lab;

/// <summary>How the machines of a lab are to differ from what the spec says.</summary>
/// <param name="Suite">Their distribution's suite, such as trixie; empty for the spec's.</param>
/// <param name="Engine">Their server and its major version, such as valkey-8, from the suite's own archive; empty for the spec's.</param>
/// <param name="Stock">Whether they bring nothing of the cluster and install it by their texts; also where the spec says baked: true.</param>
/// <param name="Baked">Whether they bring all of it; also where the spec says otherwise.</param>
/// <param name="Package">The agent's .deb.</param>
/// <param name="Profile">How the cluster fails over, by a profile's word; empty for the spec's, or noisy where machines are emulated.</param>
/// <param name="Vm">Where the machines are VMs; null for containers.</param>
public sealed record LabVariant(string Suite, string Engine, bool Stock, bool Baked, string Package, string Profile = "", VmBackend? Vm = null)
{
    private const int FewestConnections = 10;

    /// <summary>How many open files a process of the machines may have at most; a VM has a kernel of its own, which allows what HAProxy needs.</summary>
    public long OpenFiles { get; init; } = Vm is null ? RedisHaBake.Lab.Host.OpenFiles.Most() : long.MaxValue;

    /// <summary>Whether the machines' addresses are handed out when they are created, whatever the spec says.</summary>
    public bool Late { get; init; }

    /// <summary>Machines as the spec says.</summary>
    public static LabVariant AsTheSpecSays(string package) => new("", "", false, false, package);

    /// <summary>The spec of the lab's machines.</summary>
    /// <exception cref="LabException">There is no such suite or engine.</exception>
    public ClusterSpec Apply(ClusterSpec spec)
    {
        if (Stock && Baked)
            throw new LabException("machines are either stock or baked; expected one of --stock and --baked");
        var os = Suite.Length == 0 ? spec.Os : OperatingSystem.All.FirstOrDefault(o => o.Suite == Suite)
            ?? throw new LabException($"no suite \"{Suite}\"; expected one of {string.Join(", ", OperatingSystem.All.Select(o => $"{o.Suite} ({o.Name})"))}");
        var engine = Engine.Length > 0 ? FromArchive(os)
            : os == spec.Os || spec.Engine.Source == EngineSource.PackagesRedisIo ? spec.Engine
            : FromArchive(os, spec.Engine.Kind);
        return (Late ? Auto(spec) : spec) with { Os = os, Engine = engine, Agent = Agent(spec.Agent), Egress = Stock && spec.Egress.Nobody ? EgressSpec.Own : spec.Egress, Failover = Failover(spec.Failover), Proxy = Proxy(spec.Proxy) };
    }

    /// <summary>In which words the machines' texts differ from those that would be pasted; empty where they are the same byte by byte.</summary>
    public static IReadOnlyList<string> Differences(ClusterSpec pasted, ClusterSpec lab)
    {
        List<string> differences = [];
        if (pasted.Os != lab.Os)
            differences.Add($"os: {lab.Os.Name}, not {pasted.Os.Name} (--suite)");
        if (pasted.Engine != lab.Engine)
            differences.Add($"engine: {Word(lab.Engine)}, not {Word(pasted.Engine)}");
        if (!pasted.Nodes.Select(n => n.Address).SequenceEqual(lab.Nodes.Select(n => n.Address)))
            differences.Add("nodes: every address is auto, and the extra ones come later (--late)");
        if (pasted.Failover != lab.Failover)
            differences.Add($"failover: downAfter {lab.Failover.DownAfterMs} ms, not {pasted.Failover.DownAfterMs} ms, and what goes with it (--profile; emulated VMs get noisy)");
        if (pasted.Proxy.MaxConnections != lab.Proxy.MaxConnections)
        {
            differences.Add(
                $"haproxy.maxConnections: {lab.Proxy.MaxConnections}, not {pasted.Proxy.MaxConnections}: this computer's hard limit allows HAProxy too few open files; "
                + $"for all of them: ulimit -Hn {HaproxyCfg.FilesFor(pasted.Proxy.MaxConnections)} in a shell whose root may raise it, or --backend vm");
        }

        if (lab.Agent.Baked && !pasted.Agent.Baked)
            differences.Add("nothing is installed: the machines have it all (--baked)");
        if (!lab.Agent.Baked && pasted.Agent.Baked)
            differences.Add("everything is installed: the machines have none of it (--stock)");
        if (lab.Egress != pasted.Egress)
            differences.Add("egress: every machine has a way out, not none: it installs (--stock)");
        if (!lab.Agent.Baked && !pasted.Agent.Baked)
        {
            differences.Add($"agent.url: {string.Join(", ", lab.Agent.Urls)}, not {string.Join(", ", pasted.Agent.Urls)}");
            if (lab.Agent.Sha256 != pasted.Agent.Sha256)
                differences.Add($"agent.sha256: {lab.Agent.Sha256[..12]}…, the lab's package, not {pasted.Agent.Sha256[..12]}…: a VM would get another agent than this lab");
        }

        return differences;
    }

    // As a person writes it who knows none yet: the extra ones come later too.
    private static ClusterSpec Auto(ClusterSpec spec) => spec with
    {
        Nodes = [.. spec.Nodes.Select(n => n with { Address = Words.Auto })],
        Addresses = spec.Addresses.Mode == AddressMode.None && spec.Nodes.All(n => !n.Roles.Contains(NodeRole.Haproxy)) ? spec.Addresses
            : spec.Addresses with { Mode = spec.Addresses.Mode == AddressMode.None ? AddressMode.Floating : spec.Addresses.Mode, Write = Words.None, Read = Words.None },
    };

    private FailoverPlan Failover(FailoverPlan failover) => FailoverProfile.All.FirstOrDefault(p => p.Word == (Profile.Length == 0 && Vm is { IsEmulated: true } ? FailoverProfile.Noisy.Word : Profile)) is { } profile
        ? failover with { DownAfterMs = profile.DownAfterMs, MinReplicasMaxLagS = profile.MaxLagS, AdvertMs = profile.AdvertMs }
        : failover;

    // HAProxy does not start with fewer files than its maxconn needs.
    private ProxyPlan Proxy(ProxyPlan proxy)
    {
        if (HaproxyCfg.FilesFor(proxy.MaxConnections) <= OpenFiles)
            return proxy;
        var most = (int)((OpenFiles - HaproxyCfg.FilesFor(0)) / (HaproxyCfg.FilesFor(1) - HaproxyCfg.FilesFor(0)));
        return most >= FewestConnections
            ? proxy with { MaxConnections = most }
            : throw new LabException($"this computer's hard limit is {OpenFiles} open files, HAProxy needs {HaproxyCfg.FilesFor(FewestConnections)} at least; raise it (ulimit -Hn 65536 as root) and try again");
    }

    private AgentSpec Agent(AgentSpec agent)
    {
        if (Baked || (agent.Baked && !Stock))
            return new(Baked: true, [], "");
        return new(Baked: false, [WayOut.UrlOf(Package)], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Package))));
    }

    private EngineSpec FromArchive(OperatingSystem os)
    {
        var parts = Engine.Split('-');
        if (parts.Length != 2 || !Enum.TryParse<EngineKind>(parts[0], ignoreCase: true, out var kind) || !int.TryParse(parts[1], out var major))
            throw new LabException($"no engine \"{Engine}\"; expected a name and a major version, one of {string.Join(", ", Known())}");
        return Shipped(os, kind).Major == major ? new(kind, major, EngineSource.Distribution, "") : throw Lacks(os, Engine.ToLowerInvariant());
    }

    private static EngineSpec FromArchive(OperatingSystem os, EngineKind kind)
        => Shipped(os, kind).Major >= OldestMajor ? new(kind, Shipped(os, kind).Major, EngineSource.Distribution, "") : throw Lacks(os, kind.ToString().ToLowerInvariant());

    private const int OldestMajor = 7;

    private static LabException Lacks(OperatingSystem os, string engine)
    {
        var own = Of(os);
        var elsewhere = OperatingSystem.All.Where(o => Of(o).Any(e => e == engine || e.StartsWith(engine + "-", StringComparison.Ordinal))).Select(o => "--suite " + o.Suite).ToList();
        return new(
            $"the archive of {os.Suite} ({os.Name}) has no {engine} that the agent runs on; it has {(own.Count > 0 ? string.Join(", ", own) : "none")}"
            + (elsewhere.Count > 0 ? $"; {engine} is in {string.Join(", ", elsewhere)}" : $"; known are {string.Join(", ", Known())}"));
    }

    private static IReadOnlyList<string> Of(OperatingSystem os) =>
    [
        .. new[] { EngineKind.Redis, EngineKind.Valkey }
            .Select(kind => (kind, Shipped(os, kind).Major))
            .Where(e => e.Major >= OldestMajor)
            .Select(e => $"{e.kind.ToString().ToLowerInvariant()}-{e.Major}"),
    ];

    private static IEnumerable<string> Known() => OperatingSystem.All.SelectMany(Of).Distinct().Order(StringComparer.Ordinal);

    private static Version Shipped(OperatingSystem os, EngineKind kind) => kind == EngineKind.Redis ? os.Redis : os.Valkey;

    private static string Word(EngineSpec engine)
        => $"{engine.Kind.ToString().ToLowerInvariant()}-{engine.Major} from {(engine.Source == EngineSource.PackagesRedisIo ? "packages.redis.io" : "the distribution")}";
}
