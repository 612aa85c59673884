using System.Net;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Lab;

/// <summary>From generated texts to a lab.</summary>
public static class LabPlanning
{
    /// <summary>The lab that boots exactly the texts of <paramref name="generation"/>.</summary>
    /// <param name="generation">Texts without a fault.</param>
    /// <param name="name">The lab's name; empty for the cluster's.</param>
    /// <exception cref="LabException">The spec is one that the lab cannot boot.</exception>
    public static LabPlan Plan(Generation generation, string name)
    {
        var spec = generation.Spec!;
        if (!spec.Agent.Baked)
            throw new LabException($"the spec {spec.Name} installs its packages at first boot; the lab boots machines with everything baked in: set baked: true");
        var user = spec.Users[0];
        return new(
            name.Length > 0 ? name : spec.Name,
            spec.Cidr,
            spec.Gateway,
            spec.Os.Suite,
            spec.Engine.Kind,
            Nodes(generation),
            new(spec.Addresses.Write, spec.Addresses.Read, spec.Ports.Redis, spec.Ports.Write, spec.Ports.Stats, user.Name, generation.Secrets!.Users[user.Name]));
    }

    // A node whose address is auto gets the next free one, as from a provider's portal.
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
            while (address == Words.Auto)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(network, next++);
                var candidate = new IPAddress(network).ToString();
                if (taken.Add(candidate))
                    address = candidate;
            }

            nodes.Add(new(text.Node, address, text.UserData));
        }

        return nodes;
    }
}
