namespace RedisHaBake.Lab.Recording;

/// <summary>The judgement over a recording.</summary>
/// <param name="DurationSeconds">How long it was.</param>
/// <param name="Clients">Each client.</param>
/// <param name="TwoNodesAckedSeconds">The time in which at least two nodes acked writes of the clients beside them.</param>
/// <param name="LostKeys">Acked and not there, at most <see cref="Checker.Shown"/> of them.</param>
/// <param name="Invented">Keys or values that nobody wrote, or that were refused and are there all the same, at most <see cref="Checker.Shown"/>.</param>
/// <param name="InventedCount">How many there are.</param>
/// <param name="MissingOnNodes">Per node that answered: acked writes that the cluster has and this node has not.</param>
public sealed record Verdict(
    double DurationSeconds,
    IReadOnlyList<ClientVerdict> Clients,
    double TwoNodesAckedSeconds,
    IReadOnlyList<string> LostKeys,
    IReadOnlyList<string> Invented,
    int InventedCount,
    IReadOnlyDictionary<string, int> MissingOnNodes)
{
    /// <summary>The client that writes as applications do.</summary>
    public ClientVerdict WriteAddress => Clients.First(c => c.Client == RecordingClient.WriteAddress);
}
