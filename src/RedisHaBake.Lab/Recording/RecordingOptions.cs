namespace RedisHaBake.Lab.Recording;

/// <summary>How a recording is made.</summary>
/// <param name="Beside">Whether a client stands beside each node too and writes to the node's own Redis.</param>
/// <param name="Interval">The least time between two writes of the client at the write address.</param>
/// <param name="BesideInterval">The same of the clients beside the nodes.</param>
public sealed record RecordingOptions(bool Beside, TimeSpan Interval, TimeSpan BesideInterval)
{
    /// <summary>Addresses that clients were told to write to, in turn; none: what the lab's plan says. One that came later is in no plan.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>Fine enough to see a gap to 5 ms, light enough for two cores.</summary>
    public static RecordingOptions Default { get; } = new(true, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));
}
