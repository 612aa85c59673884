using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Machines;

/// <summary>One machine of a lab.</summary>
/// <param name="Name">Host name.</param>
/// <param name="Address">The address that the lab, in a provider's place, gives it.</param>
/// <param name="UserData">The text to boot it with, byte by byte what would be pasted.</param>
/// <param name="Roles">What it runs.</param>
public sealed record LabNode(string Name, string Address, string UserData, IReadOnlyList<NodeRole> Roles)
{
    /// <summary>Whether it has <paramref name="role"/>.</summary>
    public bool Has(NodeRole role) => Roles.Contains(role);

    /// <summary>Name and address: the text holds secrets.</summary>
    public override string ToString() => $"{Name} ({Address})";
}
