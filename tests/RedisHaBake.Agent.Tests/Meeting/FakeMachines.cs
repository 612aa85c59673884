using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Meeting;

/// <summary>
/// Machines of a portal that assigns addresses late, and what they know. A machine that is on is seen at the meeting places that it knows, its own
/// included, and looks at each of them; what it learns it keeps over being off.
/// </summary>
internal sealed class FakeMachines
{
    private readonly List<Machine> _machines = [];

    /// <summary>Creates a machine from the text of <paramref name="node"/>, completed by what a person typed.</summary>
    public Machine Create(string node, string address, params (string Name, string Address)[] known)
    {
        var machine = new Machine(Pasted(node) with { Known = known.ToDictionary(k => k.Name, k => k.Address) }, address);
        _machines.Add(machine);
        return machine;
    }

    /// <summary>The plan of a text that knows nobody.</summary>
    public static NodePlan Pasted(string node) => SamplePlan.Tutorial(node) with
    {
        Schema = NodePlan.LateSchema,
        Nodes = [.. SamplePlan.Tutorial().Nodes.Select(n => n with { Address = Words.Auto })],
        Addresses = new(AddressMode.Floating, Words.None, Words.None, Words.None),
    };

    /// <summary>Each machine looks once, in turn, <paramref name="rounds"/> times.</summary>
    public void Look(int rounds = 8)
    {
        for (var i = 0; i < rounds; i++)
        {
            foreach (var machine in _machines.Where(m => m.IsOn))
                machine.Look(Seen(machine));
        }
    }

    private List<Sighting> Seen(Machine looker)
        => [.. _machines.Where(m => m.IsOn && Places(looker).Contains(m.Address)).SelectMany(place => _machines
            .Where(m => m.IsOn && Places(m).Contains(place.Address)).Select(m => new Sighting(m.Card, m.Address, m.Trusts(place.Address))))];

    private static HashSet<string> Places(Machine machine)
        => [machine.Address, .. machine.Pasted.Nodes.Where(n => n.Name != machine.Pasted.Node).Select(n => machine.Known.AddressOf(n.Name) ?? machine.Pasted.Known.GetValueOrDefault(n.Name)).OfType<string>()];

    internal sealed class Machine(NodePlan pasted, string address)
    {
        public NodePlan Pasted { get; } = pasted;

        public string Address { get; } = address;

        public bool IsOn { get; set; } = true;

        public bool IsBusy { get; set; }

        public Membership Known { get; set; } = Membership.Empty(pasted);

        public MeetingOutcome Last { get; private set; } = new(Membership.Empty(pasted), [], new Dictionary<string, IReadOnlyList<string>>(), false, null);

        public bool TakesPart => Known.Accepted == Address;

        public CallingCard Card => CallingCard.TryRead(
            new CallingCard(Pasted.Node, Last.IsReplaced ? CallingCard.Replaced : !TakesPart ? CallingCard.Alone : IsBusy ? CallingCard.Busy : CallingCard.Met, Known.Nodes, Known.ExtraOver(Pasted)).Write(Pasted.Cluster), Pasted.Cluster)!;

        public bool Trusts(string place) => place == Address || Known.Nodes.Values.Any(m => m.Address == place);

        public string? Of(string node) => node == Pasted.Node ? Address : Known.AddressOf(node);

        public void Look(IReadOnlyCollection<Sighting> seen)
        {
            Last = new MeetingDecision(Pasted, Address).Decide(Known, seen);
            Known = Last.Membership;
        }

        /// <summary>A person's word, as `replace` keeps it.</summary>
        public void Replace(string node, string address, long version) => Known = Known.With(node, new(address, version));
    }
}
