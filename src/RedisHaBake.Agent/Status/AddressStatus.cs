namespace RedisHaBake.Agent.Status;

/// <summary>One of the cluster's extra addresses.</summary>
/// <param name="Use">write or read.</param>
/// <param name="Address">The address.</param>
/// <param name="Mode">floating or pinned.</param>
/// <param name="Holder">The node that holds it as far as this one can tell; empty where nobody does or it cannot be told.</param>
public sealed record AddressStatus(string Use, string Address, string Mode, string Holder);
