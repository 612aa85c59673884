using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>What may be the write or the read address of a living cluster; the generator's rules and words, for what only the nodes know.</summary>
public static class ExtraAddressRules
{
    /// <summary>Why <paramref name="write"/> and <paramref name="read"/> cannot be; null where they can.</summary>
    /// <param name="plan">The plan, learned addresses included.</param>
    /// <param name="write">The write address, or none.</param>
    /// <param name="read">The read address, or none.</param>
    public static string? Refusal(NodePlan plan, string write, string read)
        => One(plan, "write", write) ?? One(plan, "read", read)
            ?? (write != Words.None && write == read ? $"the read address is the write address, {read}; expected another address than the write address; acquire a second private IP in the portal" : null)
            ?? (plan.ProxyNodes.Count == 0 ? "no node can carry this address; expected at least one node with the role haproxy, better two" : null);

    private static string? One(NodePlan plan, string use, string address)
    {
        if (address == Words.None)
            return null;
        if (!IPAddress.TryParse(address, out var ip) || ip.AddressFamily != AddressFamily.InterNetwork || ip.ToString() != address)
            return $"the {use} address is \"{address}\"; expected an IPv4 address, or none";
        var network = IPNetwork.Parse(plan.Cidr);
        if (plan.Nodes.FirstOrDefault(n => n.Address == address) is { } node)
            return $"the {use} address {address} is the address of {node.Name}; expected an extra private address that no node has as its own; acquire a new private IP in the portal";
        var reason = !network.Contains(ip) ? $"outside {plan.Cidr}"
            : ip.Equals(network.BaseAddress) ? "the network's own address"
            : ip.Equals(Last(network)) ? "the network's broadcast address"
            : null;
        return reason is null ? null : $"the {use} address {address} is {reason}; expected an address inside {plan.Cidr}; write the private IP that was acquired for it";
    }

    private static IPAddress Last(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) | (uint)((1L << (32 - network.PrefixLength)) - 1));
        return new(bytes);
    }
}
