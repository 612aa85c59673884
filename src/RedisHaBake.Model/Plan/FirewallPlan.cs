namespace RedisHaBake.Model.Plan;

/// <summary>Whether a node lets only known peers and clients reach its ports (an nftables table of our own).</summary>
/// <param name="Enabled">Whether there is one; off unless the spec asks for it.</param>
/// <param name="Clients">IPv4 addresses and networks beside the cluster's own nodes, such as 10.10.90.0/24.</param>
public sealed record FirewallPlan(bool Enabled, IReadOnlyList<string> Clients);
