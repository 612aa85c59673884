using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>What a person is told while a node is not yet known to the others.</summary>
public static class MeetingWords
{
    /// <summary>What this node waits for; empty where another knows it.</summary>
    /// <param name="pasted">The plan as it was pasted.</param>
    /// <param name="own">This machine's own address.</param>
    /// <param name="outcome">What the last look came to.</param>
    /// <param name="sightings">Whom it saw.</param>
    /// <param name="silent">Why places did not answer, by node name.</param>
    public static string Waiting(NodePlan pasted, string own, MeetingOutcome outcome, IReadOnlyCollection<Sighting> sightings, IReadOnlyDictionary<string, string> silent)
    {
        if (outcome.IsReplaced)
            return Replaced(pasted, own, outcome.Membership);
        if (outcome.Membership.Accepted.Length > 0)
            return "";
        if (outcome.Contradicted is var (node, address))
        {
            return $"{node} knows {pasted.Node} at {address}, and this machine has {own}; if the VM was created anew, say so on {node}: redishabake-agent replace {pasted.Node}; "
                + "if this text was pasted into two VMs, delete this one";
        }

        if (outcome.Claims.ContainsKey(pasted.Node))
            return outcome.Problems.First(p => p.Contains($" says that it is {pasted.Node} too;", StringComparison.Ordinal));
        var others = sightings.Where(s => s.Card.Node != pasted.Node).Select(s => s.Card.Node).Distinct().Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
            return $"{string.Join(" and ", others)} {(others.Count == 1 ? "is" : "are")} met; waiting to be known there as {pasted.Node} at {own}";
        var asked = silent.Where(s => s.Key != pasted.Node).ToList();
        if (asked.Count > 0)
        {
            return $"nobody is met yet: {string.Join("; ", asked.Select(s => $"{s.Key}: {s.Value}"))}; it is tried until one answers; if an address is wrong, create this VM anew from a text with the right one "
                + $"(redishabake generate --known {asked[0].Key}=ADDRESS)";
        }

        return $"this is the first node: its address is {own}; create the others from texts that say so: redishabake generate --known {pasted.Node}={own}";
    }

    /// <summary>What a machine says that has been replaced.</summary>
    public static string Replaced(NodePlan pasted, string own, Membership membership)
        => $"this machine ({own}) was replaced: {pasted.Node} is at {membership.AddressOf(pasted.Node)} by a person's word; nothing runs here any more; delete this VM";
}
