using System.Buffers.Binary;
using System.Net;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Machines;

/// <summary>
/// The provider's portal for machines whose addresses come late: it hands one out at random when a machine is created, and a person completes the
/// text to paste with that of a machine that is on, as `generate --known` does.
/// </summary>
public static class Portal
{
    private const string Nobody = "\"known\": {}";

    /// <summary>Whether the address of the machine with this text is handed out when it is created.</summary>
    public static bool IsLate(LabNode node) => node.UserData.Contains(Nobody, StringComparison.Ordinal);

    /// <summary>An address that nobody in the lab has.</summary>
    /// <exception cref="LabException">The network is full.</exception>
    public static string Address(LabPlan plan, Random random)
    {
        var network = IPNetwork.Parse(plan.Cidr);
        HashSet<string> taken = [plan.Gateway, plan.Client.Write, plan.Client.Read, .. plan.ObserverAddresses(), .. plan.Nodes.Select(n => n.Address)];
        var first = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());

        // From the lower half: the lab's own clients are at the top.
        var half = Math.Min(1 << Math.Min(31 - network.PrefixLength, 20), 100_000);
        var free = Enumerable.Range(1, Math.Max(1, half - 1)).Select(Text).Where(a => !taken.Contains(a)).ToList();
        return free.Count > 0 ? free[random.Next(free.Count)] : throw new LabException($"the network {plan.Cidr} has no free address for another machine; use a larger one");

        string Text(int offset)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, first + (uint)offset);
            return new IPAddress(bytes).ToString();
        }
    }

    /// <summary>The text of <paramref name="node"/> that knows <paramref name="other"/>; as it is where that is null.</summary>
    public static string Complete(LabNode node, LabNode? other)
        => other is null ? node.UserData : node.UserData.Replace(Nobody, $"\"known\": {{\"{other.Name}\":\"{other.Address}\"}}", StringComparison.Ordinal)
            .Replace(Lacking(other.Name), other.Address, StringComparison.Ordinal);

    /// <summary>What stands in a text for the address of the machine through which it installs, until that is known.</summary>
    public static string Lacking(string via) => $"ADDRESS-OF-{via}";

    /// <summary>The machine whose address a person would write into the next text: the first that is on and can tell who the others are.</summary>
    public static LabNode? Living(IEnumerable<Machine> machines, string except)
        => machines.Where(m => m.Node.Name != except && m.IsOn && IsLate(m.Node)).Select(m => m.Node).FirstOrDefault(n => n.Roles.Any(r => r != NodeRole.Haproxy));
}
