using System.Net;
using System.Text.Json.Serialization;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Machines;

/// <summary>What a lab consists of.</summary>
/// <param name="Name">The lab's name; one lab of a name at a time.</param>
/// <param name="Cidr">The network that all nodes share.</param>
/// <param name="Gateway">Its gateway, which the lab then answers for, or <see cref="Words.None"/>.</param>
/// <param name="Suite">The nodes' distribution, such as bookworm.</param>
/// <param name="Engine">The server.</param>
/// <param name="Nodes">The machines.</param>
/// <param name="Client">How an application reaches the cluster.</param>
/// <param name="Interface">The machines' interface.</param>
/// <param name="WayOut">What stock machines install from; null for baked ones, which reach nothing but each other.</param>
/// <param name="Clients">Networks and addresses that the machines' firewall lets in; null or none where everybody is.</param>
/// <param name="Failover">How the cluster fails over; null for machines without Redis.</param>
/// <param name="Via">The machine through which the others install, which have no way out themselves; <see cref="Words.None"/> where each has one.</param>
public sealed record LabPlan(
    string Name, string Cidr, string Gateway, string Suite, EngineKind Engine, IReadOnlyList<LabNode> Nodes, LabClient Client,
    string Interface = "eth0", WayOut? WayOut = null, IReadOnlyList<string>? Clients = null, LabFailover? Failover = null, string Via = Words.None)
{
    /// <summary>The machines' default route, an address that the lab answers for, or <see cref="Words.None"/>.</summary>
    [JsonIgnore]
    public string Router => Gateway != Words.None || WayOut is null ? Gateway : ObserverAddresses()[0];

    /// <summary>Whether <paramref name="node"/> reaches nothing but its own network.</summary>
    public bool IsPrivate(LabNode node) => Via != Words.None && Via != node.Name;

    /// <summary>Whether the machines install everything by themselves.</summary>
    [JsonIgnore]
    public bool IsStock => WayOut is not null;

    /// <summary>Prefix length of the network.</summary>
    [JsonIgnore]
    public int PrefixLength => IPNetwork.Parse(Cidr).PrefixLength;

    /// <summary>The node called <paramref name="name"/>.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public LabNode Node(string name) => Nodes.FirstOrDefault(n => n.Name == name)
        ?? throw new LabException($"the lab {Name} has no node \"{name}\"; it has {string.Join(", ", Nodes.Select(n => n.Name))}");

    /// <summary>
    /// Addresses of the lab itself in the nodes' network, none that the cluster uses, if possible ones that a firewall lets in, else
    /// from the top: first the client that is nowhere near a node, then, per node, the client beside it, which a cut of that node
    /// does not part from it.
    /// </summary>
    public IReadOnlyList<string> ObserverAddresses()
    {
        var network = IPNetwork.Parse(Cidr);
        var allowed = (Clients ?? []).Select(c => IPNetwork.Parse(c.Contains('/') ? c : c + "/32")).Where(c => network.Contains(c.BaseAddress));
        HashSet<string> taken = [Gateway, Client.Write, Client.Read, .. Nodes.Select(n => n.Address)];
        List<string> found = [];
        foreach (var address in allowed.Append(network).SelectMany(FromTheTop))
        {
            if (found.Count > Nodes.Count)
                break;
            if (taken.Add(address))
                found.Add(address);
        }

        return found.Count > Nodes.Count ? found
            : throw new LabException($"the network {Cidr} has no free address for the lab's own clients; expected {Nodes.Count + 1} beside the cluster's; use a larger network");
    }

    private static IEnumerable<string> FromTheTop(IPNetwork network)
    {
        var first = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        var size = 1L << (32 - network.PrefixLength);
        for (var offset = size == 1 ? 0 : size - 2; offset > 0 || (size == 1 && offset == 0); offset--)
        {
            var bytes = new byte[4];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(first + offset));
            yield return new IPAddress(bytes).ToString();
        }
    }

    /// <summary>Address of the client beside <paramref name="node"/>.</summary>
    public string Beside(string node) => ObserverAddresses()[1 + Nodes.Select(n => n.Name).ToList().IndexOf(Node(node).Name)];
}
