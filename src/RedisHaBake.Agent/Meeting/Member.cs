namespace RedisHaBake.Agent.Meeting;

/// <summary>What is known of one node's address.</summary>
/// <param name="Address">Its address; <see cref="Model.Plan.Words.Auto"/> where a person's word made everybody forget it and no new one has come.</param>
/// <param name="Version">0 for one that was learned; else when a person said it, in Unix milliseconds: the later word counts.</param>
public sealed record Member(string Address, long Version);
