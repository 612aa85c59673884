namespace RedisHaBake.Agent.Machine;

/// <summary>An IPv4 address that this machine holds.</summary>
/// <param name="Interface">The network interface that carries it.</param>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Of its network, 0 to 32.</param>
public sealed record InterfaceAddress(string Interface, string Address, int PrefixLength);
