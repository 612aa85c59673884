using System.Net;
using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Rootfs;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Lab;

/// <summary>From generated texts to a lab.</summary>
public static class LabPlanning
{
    /// <summary>The lab that boots exactly the texts of <paramref name="generation"/>.</summary>
    /// <param name="generation">Texts without a fault.</param>
    /// <param name="name">The lab's name; empty for the cluster's.</param>
    /// <param name="wayOut">What stock machines install from; null for baked ones.</param>
    /// <exception cref="LabException">The name is none that a machine may have.</exception>
    public static LabPlan Plan(Generation generation, string name, WayOut? wayOut = null)
    {
        var spec = generation.Spec!;
        if (name.Length > 0 && !IsLabel(name))
            throw new LabException($"\"{name}\" is no name for a lab; expected a-z, 0-9 and hyphens inside, at most 63 characters");
        var user = spec.Users[0];
        return new(
            name.Length > 0 ? name : spec.Name,
            spec.Cidr,
            spec.Gateway,
            spec.Os.Suite,
            spec.Engine.Kind,
            Nodes(generation),
            new(spec.Addresses.Write, spec.Addresses.Read, spec.Ports.Redis, spec.Ports.Write, spec.Ports.Stats, user.Name, generation.Secrets!.Users[user.Name], KeyPrefix(user.Rights)),
            spec.Interface == Words.Auto ? "eth0" : spec.Interface,
            wayOut,
            spec.Firewall.Enabled ? spec.Firewall.Clients : [],
            new(spec.MasterName, spec.Ports.Sentinel, spec.Failover.DownAfterMs, spec.Failover.MinReplicasToWrite > 0 ? spec.Failover.MinReplicasMaxLagS : null),
            spec.Via ?? Words.None);
    }

    /// <summary>What the machines' root filesystem is made of.</summary>
    public static RootfsRecipe Recipe(ClusterSpec spec) => !spec.Agent.Baked
        ? RootfsRecipe.Stock(spec.Os.Suite)
        : RootfsRecipe.Baked(spec.Os.Suite, spec.Engine.Kind, spec.Engine.Source == EngineSource.PackagesRedisIo ? Installation.Archive(spec.Engine) : null);

    /// <summary>The way out that the machines of <paramref name="spec"/> need; null for baked ones.</summary>
    /// <exception cref="LabException">Machines shall install through one of them, and this computer itself goes through a proxy.</exception>
    public static async Task<WayOut?> WayOutAsync(ClusterSpec spec, string package, CancellationToken ct)
    {
        if (spec.Agent.Baked)
            return null;
        var sources = await AptSources.OfThisMachineAsync(spec.Os.Suite, ct);
        // The proxy on a machine leads to the servers themselves.
        if (spec.Via is { } via && sources.Options.FirstOrDefault(o => o.Contains("::Proxy", StringComparison.Ordinal)) is { } proxy)
            throw new LabException($"the machines install through {via}, which has to reach the archives itself, but this computer's apt uses a proxy ({proxy.Split(' ')[0]}); expected a computer without; leave `egress` out for this lab, or use --baked");
        return WayOut.To(package, sources, spec.Engine.Source == EngineSource.PackagesRedisIo ? [new Uri(Installation.RedisIo)] : []);
    }

    // The first of its key patterns, such as ~shop:*, up to the star.
    private static string KeyPrefix(string rights)
        => rights.Split(' ').FirstOrDefault(r => r.StartsWith('~') && r.IndexOfAny(['*', '?', '[', '\\']) == r.Length - 1 && r[^1] == '*')?[1..^1] ?? "";

    private static bool IsLabel(string name)
        => name.Length is > 0 and <= 63 && name[0] != '-' && name[^1] != '-' && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    // A node whose address is auto gets the next free one, as from a provider's portal; one that the others learn, when it is created.
    private static List<LabNode> Nodes(Generation generation)
    {
        var spec = generation.Spec!;
        HashSet<string> taken = [spec.Gateway, spec.Addresses.Write, spec.Addresses.Read, .. spec.Nodes.Select(n => n.Address)];
        var network = IPNetwork.Parse(spec.Cidr).BaseAddress.GetAddressBytes();
        var next = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(network) + 10;
        List<LabNode> nodes = [];
        foreach (var text in generation.Nodes)
        {
            var address = text.Plan.Self.Address;
            while (address == Words.Auto && !text.Plan.IsLate)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(network, next++);
                var candidate = new IPAddress(network).ToString();
                if (taken.Add(candidate))
                    address = candidate;
            }

            nodes.Add(new(text.Node, address, text.UserData, text.Plan.Self.Roles));
        }

        return nodes;
    }
}
