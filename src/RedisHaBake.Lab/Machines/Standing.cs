namespace RedisHaBake.Lab.Machines;

/// <summary>What a Redis is in its cluster.</summary>
/// <param name="Role">master, replica (synced or not), or why it does not answer.</param>
/// <param name="Promotable">Whether it is a synced replica that Sentinel may promote (its priority is above 0).</param>
public sealed record Standing(string Role, bool Promotable = false);
