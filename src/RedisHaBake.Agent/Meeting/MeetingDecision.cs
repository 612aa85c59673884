using System.Net;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// Who is where: a pure function of what was known and what was seen. A name has the first address that it was learned by, until a person's later
/// word (`replace`) gives it another; what contradicts is said and changes nothing. Only agents that logged in as the agents' own user are believed
/// about others, and nobody about the extra addresses but by a later word. A node takes part once another knows it by the address that it has:
/// so of two machines with one text, one waits.
/// </summary>
/// <param name="pasted">The plan as it was pasted.</param>
/// <param name="own">This machine's own address.</param>
public sealed class MeetingDecision(NodePlan pasted, string own)
{
    private readonly IPNetwork _network = IPNetwork.Parse(pasted.Cidr);
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _claims = [];

    /// <summary>Decides.</summary>
    /// <param name="known">What was known.</param>
    /// <param name="sightings">Everybody seen, at all places, oneself included.</param>
    public MeetingOutcome Decide(Membership known, IReadOnlyCollection<Sighting> sightings)
    {
        _problems.Clear();
        _claims.Clear();
        var trusted = sightings.Where(s => s.Trusted && s.Card.Node != pasted.Node).Select(s => s.Card).OrderBy(c => c.Node, StringComparer.Ordinal).ToList();
        var m = Self(known);
        foreach (var card in trusted)
            m = Believe(m, card);
        foreach (var (name, addresses) in sightings.GroupBy(s => s.Card.Node).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Select(s => s.Address).Distinct().Order(StringComparer.Ordinal).ToList())))
            m = Claim(m, name, addresses, trusted);

        var isLate = IsLate(pasted.Node);
        var replaced = isLate && m.Nodes[pasted.Node] is { Version: > 0 } self && self.Address != own && self.Address != Words.Auto;
        var contradicted = Contradicted(trusted);
        var accepted = !isLate || trusted.Exists(c => c.Nodes.GetValueOrDefault(pasted.Node)?.Address == own);

        // Once known, a node stays so, whatever another one comes back with from a backup: only a later word takes its place.
        m = m with { Accepted = !replaced && (m.Accepted == own || (accepted && contradicted is null)) ? own : "" };
        var others = trusted.Where(c => c.State is CallingCard.Busy or CallingCard.Met).ToList();
        var ready = others.Count > 0 && others.TrueForAll(c => c.State == CallingCard.Met && (!isLate || c.Nodes.GetValueOrDefault(pasted.Node)?.Address == own));
        m = m with { Carries = m.Accepted.Length > 0 && (m.Carries || ready) };
        return new(m, [.. _problems.Distinct()], _claims, replaced, contradicted);
    }

    private (string, string)? Contradicted(List<CallingCard> trusted)
    {
        foreach (var card in trusted.Where(c => c.State != CallingCard.Replaced))
        {
            if (card.Nodes.GetValueOrDefault(pasted.Node)?.Address is { } address && address != Words.Auto && address != own)
                return (card.Node, address);
        }

        return null;
    }

    // A machine whose address changed is another one for the others, until a person says that it is the same.
    private Membership Self(Membership m)
        => !IsLate(pasted.Node) ? m
            : !m.Nodes.TryGetValue(pasted.Node, out var self) || ((self.Version == 0 || self.Address == m.Accepted) && self.Address != own) || self.Address == Words.Auto
            ? m.With(pasted.Node, new(own, self?.Version ?? 0))
            : m;

    private Membership Believe(Membership m, CallingCard card)
    {
        foreach (var (name, theirs) in card.Nodes)
        {
            if (!IsLate(name) || (theirs.Address != Words.Auto && !IsPossible(m, theirs.Address)))
                continue;
            var ours = m.Nodes.GetValueOrDefault(name);

            // What a machine says of itself is a claim, and judged as one.
            if (name == card.Node && theirs.Version <= (ours?.Version ?? 0))
                continue;
            if (theirs.Version > (ours?.Version ?? 0) || (theirs.Version > 0 && theirs.Version == ours?.Version && ours.Address == Words.Auto))
                m = m.With(name, theirs);
            else if (ours is null && theirs is { Version: 0 } && theirs.Address != Words.Auto && !IsTaken(m, theirs.Address))
                m = m.With(name, theirs);
        }

        var extra = m.ExtraOver(pasted);
        if (card.Extra.IsLaterThan(extra))
            return m with { Extra = card.Extra };
        if (card.Extra.Version > 0 || extra.Version > 0)
            return m;

        // Both from plans, one of which was written before the addresses were there.
        var union = extra with { Write = First(extra.Write, card.Extra.Write, "write", card.Node), Read = First(extra.Read, card.Extra.Read, "read", card.Node) };
        return union == extra ? m : m with { Extra = union };
    }

    private string First(string ours, string theirs, string use, string node)
    {
        if (ours == Words.None)
            return theirs;
        if (theirs != Words.None && theirs != ours)
            _problems.Add($"the {use} address is {ours} here and {theirs} on {node}: their texts differ; say which with `redishabake-agent addresses --{use} ADDRESS`");
        return ours;
    }

    private Membership Claim(Membership m, string name, List<string> addresses, List<CallingCard> trusted)
    {
        if (pasted.Nodes.FirstOrDefault(n => n.Name == name) is not { } planned)
        {
            _problems.Add($"a machine at {string.Join(" and ", addresses)} says that it is {name}, which is no node of cluster {pasted.Cluster}; expected one of {string.Join(", ", pasted.Nodes.Select(n => n.Name))}; its text may be of another spec");
            return m;
        }

        foreach (var address in addresses.Where(a => !IsPossible(m, a)))
            _problems.Add($"a machine at {address} says that it is {name}; expected an address inside {pasted.Cidr} that is neither the write nor the read address");
        addresses = [.. addresses.Where(a => IsPossible(m, a))];
        var known = name == pasted.Node ? own : planned.Address != Words.Auto ? planned.Address : m.AddressOf(name);
        if (known is not null)
        {
            Refuse(name, known, [.. addresses.Where(a => a != known)], planned.Address != Words.Auto);
            return m;
        }

        // Somebody else may have learned another one a moment ago.
        var told = trusted.Select(c => c.Nodes.GetValueOrDefault(name)).Where(n => n is not null && n.Address != Words.Auto && n.Version >= (m.Nodes.GetValueOrDefault(name)?.Version ?? 0)).Select(n => n!.Address);
        var claims = addresses.Concat(told).Distinct().Order(StringComparer.Ordinal).ToList();
        if (claims.Count > 1)
        {
            _claims[name] = addresses;
            _problems.Add($"two machines say that they are {name}, at {string.Join(" and ", claims)}; expected one: its text was pasted twice; delete the one that is not wanted");
            return m;
        }

        if (addresses is not [var only])
            return m;
        if (!IsTaken(m, only))
            return m.With(name, new(only, m.Nodes.GetValueOrDefault(name)?.Version ?? 0));
        _problems.Add($"a machine at {only} says that it is {name}; expected another address: {pasted.Nodes.Select(n => n.Name).First(n => AddressOf(m, n) == only)} has that one");
        return m;
    }

    private void Refuse(string name, string known, List<string> others, bool isFixed)
    {
        if (others.Count == 0)
            return;
        _claims[name] = others;
        var at = string.Join(" and ", others);
        _problems.Add(name == pasted.Node
            ? $"another machine, at {at}, says that it is {name} too; this one is at {own}: expected one machine with this text; delete the one that is not wanted"
            : isFixed
                ? $"a machine at {at} says that it is {name}; expected it at {known}, as the spec says; give it that address, or correct the spec"
                : $"a machine at {at} says that it is {name}, which is known at {known}; if the VM was created anew, say so: redishabake-agent replace {name}; if this text was pasted into two VMs, delete one");
    }

    private bool IsLate(string name) => pasted.Nodes.Any(n => n.Name == name && n.Address == Words.Auto);

    private bool IsPossible(Membership m, string address)
        => IPAddress.TryParse(address, out var ip) && _network.Contains(ip) && m.ExtraOver(pasted) is var extra && address != extra.Write && address != extra.Read;

    private bool IsTaken(Membership m, string address) => pasted.Nodes.Any(n => AddressOf(m, n.Name) == address);

    private string? AddressOf(Membership m, string name)
        => name == pasted.Node ? own : pasted.Nodes.First(n => n.Name == name) is { Address: not Words.Auto } planned ? planned.Address : m.AddressOf(name);
}
