namespace RedisHaBake.Lab.Recording;

/// <summary>What became of one client's writes.</summary>
/// <param name="Client">Its name.</param>
/// <param name="Acked">Writes that were answered OK.</param>
/// <param name="Failed">Writes that were refused or never sent.</param>
/// <param name="Unknown">Writes without an answer.</param>
/// <param name="UnknownTurnedUp">Of those, the ones that are there; that is allowed.</param>
/// <param name="Lost">Acked writes that are not there.</param>
/// <param name="LongestGapSeconds">The longest time without an ack, the recording's beginning and end included.</param>
/// <param name="GapFromSeconds">When it began, from the recording's beginning.</param>
public sealed record ClientVerdict(
    string Client,
    int Acked,
    int Failed,
    int Unknown,
    int UnknownTurnedUp,
    int Lost,
    double LongestGapSeconds,
    double GapFromSeconds)
{
    /// <summary>Share of the acked writes that are not there, 0 to 100.</summary>
    public double LostPercent => Acked == 0 ? 0 : 100.0 * Lost / Acked;
}
