namespace RedisHaBake.Agent.Meeting;

/// <summary>An agent's connection as it was seen at a meeting place.</summary>
/// <param name="Card">What it says.</param>
/// <param name="Address">Where it comes from, as the kernel of that place saw it.</param>
/// <param name="Trusted">Whether it logged in as the agents' own user: only such an agent's words about others count.</param>
public sealed record Sighting(CallingCard Card, string Address, bool Trusted);
