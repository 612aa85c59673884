namespace RedisHaBake.Lab.Recording;

/// <summary>Everything that the clients of a recording did.</summary>
/// <param name="Duration">From beginning to end.</param>
/// <param name="Clients">The clients' names, each with the node that it stands beside, or with an empty text.</param>
/// <param name="Operations">Every write.</param>
public sealed record History(TimeSpan Duration, IReadOnlyDictionary<string, string> Clients, IReadOnlyList<Operation> Operations);
