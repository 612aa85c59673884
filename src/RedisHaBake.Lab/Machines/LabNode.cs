namespace RedisHaBake.Lab.Machines;

/// <summary>One machine of a lab.</summary>
/// <param name="Name">Host name.</param>
/// <param name="Address">The address that the lab, in a provider's place, gives it.</param>
/// <param name="UserData">The text to boot it with, byte by byte what would be pasted.</param>
public sealed record LabNode(string Name, string Address, string UserData)
{
    /// <summary>Name and address: the text holds secrets.</summary>
    public override string ToString() => $"{Name} ({Address})";
}
