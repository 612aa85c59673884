namespace RedisHaBake.Agent.Meeting;

/// <summary>The two extra addresses as they were given after the plan was written.</summary>
/// <param name="Write">The write address, or <see cref="Model.Plan.Words.None"/>.</param>
/// <param name="Read">The read address, or <see cref="Model.Plan.Words.None"/>.</param>
/// <param name="Version">0 for those of a plan; else when a person said them, in Unix milliseconds: the later word counts.</param>
public sealed record ExtraAddresses(string Write, string Read, long Version);
