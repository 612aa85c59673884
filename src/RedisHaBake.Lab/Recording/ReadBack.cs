namespace RedisHaBake.Lab.Recording;

/// <summary>What the cluster had, after it had come to rest.</summary>
/// <param name="Cluster">Every key of the recording, with its value, as an application reads it from the master.</param>
/// <param name="Nodes">The same as each node's own Redis has it; nodes that did not answer are left out.</param>
public sealed record ReadBack(IReadOnlyDictionary<string, string> Cluster, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Nodes);
