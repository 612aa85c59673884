namespace RedisHaBake.Agent.Meeting;

/// <summary>The two extra addresses as they were given after the plan was written.</summary>
/// <param name="Write">The write address, or <see cref="Model.Plan.Words.None"/>.</param>
/// <param name="Read">The read address, or <see cref="Model.Plan.Words.None"/>.</param>
/// <param name="Version">0 for those of a plan; else when a person said them, in Unix milliseconds: the later word counts.</param>
public sealed record ExtraAddresses(string Write, string Read, long Version)
{
    /// <summary>
    /// Whether it counts where <paramref name="other"/> was said too. Of two that were said in the same millisecond, on two nodes, every node must
    /// take the same one, whichever it heard first.
    /// </summary>
    public bool IsLaterThan(ExtraAddresses other)
        => Version > other.Version || (Version > 0 && Version == other.Version && string.CompareOrdinal($"{Write} {Read}", $"{other.Write} {other.Read}") > 0);
}
