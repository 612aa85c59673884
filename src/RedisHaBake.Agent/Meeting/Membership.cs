using System.Text.Json;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// What a node of late addresses has learned, durably: who is where, which extra addresses were given, and whether the others know this node.
/// Everything else works with a plan; <see cref="Over"/> makes one of the plan that was pasted and this.
/// </summary>
/// <param name="Cluster">The cluster that it is about: a machine may be given another's text.</param>
/// <param name="Nodes">Addresses by node name, this node's own included.</param>
/// <param name="Extra">The extra addresses; null for the plan's own.</param>
/// <param name="Accepted">This node's own address as another node has it; empty until one does.</param>
/// <param name="Carries">Whether this node may carry the extra addresses: every other one there has made its proxies ready for it.</param>
public sealed record Membership(string Cluster, IReadOnlyDictionary<string, Member> Nodes, ExtraAddresses? Extra, string Accepted, bool Carries)
{
    /// <summary>Where it is kept.</summary>
    public const string File = "/var/lib/redishabake/members.json";

    /// <summary>Nothing is known yet.</summary>
    public static Membership Empty(NodePlan plan) => new(plan.Cluster, new Dictionary<string, Member>(), null, "", Carries: false);

    /// <summary>What this machine has learned for <paramref name="plan"/>; nothing where no file stands, one of another cluster, or one that cannot be read: the others tell it again.</summary>
    public static Membership Read(MachineRoot root, NodePlan plan)
    {
        if (!plan.IsLate || root.Read(File) is not { } text)
            return Empty(plan);
        try
        {
            return JsonSerializer.Deserialize(text, MembershipJson.Default.Membership) is { Nodes: not null, Accepted: not null } read && read.Cluster == plan.Cluster ? read : Empty(plan);
        }
        catch (JsonException)
        {
            return Empty(plan);
        }
    }

    /// <summary>Keeps it: the old text or the new one stands there, whatever happens.</summary>
    public void Write(MachineRoot root) => root.Write(File, JsonSerializer.Serialize(this, MembershipJson.Default.Membership) + "\n", "0600");

    /// <summary>What is known of <paramref name="node"/>'s address; null where nothing is.</summary>
    public string? AddressOf(string node) => Nodes.TryGetValue(node, out var member) && member.Address != Words.Auto ? member.Address : null;

    /// <summary>The same with another entry for <paramref name="node"/>.</summary>
    public Membership With(string node, Member member)
        => this with { Nodes = new SortedDictionary<string, Member>(Nodes.Append(new(node, member)).GroupBy(n => n.Key).ToDictionary(g => g.Key, g => g.Last().Value), StringComparer.Ordinal) };

    /// <summary>
    /// The plan to work by. A node that the others' keepalived does not know yet has no extra addresses: it would hear none of them and claim what
    /// another has, as would a second machine with this text.
    /// This node's own address is left to the machine itself.
    /// </summary>
    public NodePlan Over(NodePlan pasted) => !pasted.IsLate ? pasted : pasted with
    {
        Nodes = [.. pasted.Nodes.Select(n => n.Address == Words.Auto && n.Name != pasted.Node && AddressOf(n.Name) is { } known ? n with { Address = known } : n)],
        Known = new Dictionary<string, string>(),
        Addresses = !Carries ? pasted.Addresses with { Write = Words.None, Read = Words.None }
            : Extra is null ? pasted.Addresses
            : pasted.Addresses with { Write = Extra.Write, Read = Extra.Read },
    };

    /// <summary>The extra addresses in force, be they the plan's or given later.</summary>
    public ExtraAddresses ExtraOver(NodePlan pasted) => Extra ?? new(pasted.Addresses.Write, pasted.Addresses.Read, 0);

    /// <summary>Whether the same is known.</summary>
    public bool Says(Membership other)
        => Cluster == other.Cluster && Accepted == other.Accepted && Carries == other.Carries && Extra == other.Extra && Nodes.Count == other.Nodes.Count
            && Nodes.All(n => other.Nodes.TryGetValue(n.Key, out var member) && member == n.Value);
}
