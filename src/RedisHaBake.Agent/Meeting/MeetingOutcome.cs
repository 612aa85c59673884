namespace RedisHaBake.Agent.Meeting;

/// <summary>What a look at the meeting places comes to.</summary>
/// <param name="Membership">What is known now.</param>
/// <param name="Problems">What contradicts: it was refused and changed nothing.</param>
/// <param name="Claims">The addresses that were refused, by the name that a machine there gives itself.</param>
/// <param name="IsReplaced">Whether a person's word has put another machine in this one's place.</param>
/// <param name="Contradicted">Who knows this node by another address, and that address; null where nobody does.</param>
public sealed record MeetingOutcome(
    Membership Membership,
    IReadOnlyList<string> Problems,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Claims,
    bool IsReplaced,
    (string Node, string Address)? Contradicted);
