namespace RedisHaBake.Lab.Machines;

/// <summary>One server that the machines of a lab may reach outside it.</summary>
/// <param name="Host">Its name or address, as this computer knows it.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="Address">Where the machines find it: an address that the lab answers for.</param>
public sealed record Forward(string Host, int Port, string Address);
