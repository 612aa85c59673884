using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Machine;

/// <summary>What every part of the agent works with: the machine, the plan, the journal, the clock.</summary>
/// <param name="root">The machine's file tree.</param>
/// <param name="plan">What the machine shall be.</param>
/// <param name="findHost">Finds the machine's facts; called at the first look, because a hook that does not need them must not pay for them.</param>
/// <param name="journal">Where to say things.</param>
/// <param name="systemd">The service manager.</param>
/// <param name="clock">Time; tests turn it by hand.</param>
public sealed class AgentContext(
    MachineRoot root,
    NodePlan plan,
    Func<HostFacts> findHost,
    IJournal journal,
    ISystemd systemd,
    TimeProvider clock)
{
    // PublicationOnly: a failure is not remembered, so that the next try looks again.
    private readonly Lazy<HostFacts> _host = new(findHost, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The machine's file tree.</summary>
    public MachineRoot Root { get; } = root;

    /// <summary>What the machine shall be; with this node's own address, once it is found, in the place of `auto`.</summary>
    public NodePlan Plan { get; private set; } = plan;

    /// <summary>The plan as it was pasted; <see cref="Plan"/> is that and what was learned since.</summary>
    public NodePlan Pasted { get; init; } = plan;

    /// <summary>What was learned and stands in <see cref="Plan"/>; nothing for a plan that knew all.</summary>
    public Membership Members { get; private set; } = Membership.Empty(plan);

    /// <summary>Why the plan's `address: auto` is still unknown; empty where it is not.</summary>
    public string AddressProblem { get; private set; } = "";

    /// <summary>Address, interface, versions, life mark.</summary>
    /// <exception cref="MachineException">The machine does not have them; the message says which.</exception>
    public HostFacts Host => _host.Value;

    /// <summary>Where to say things.</summary>
    public IJournal Journal { get; } = journal;

    /// <summary>The service manager.</summary>
    public ISystemd Systemd { get; } = systemd;

    /// <summary>Time.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>The machine's own programs.</summary>
    public IPrograms Programs { get; init; } = new Programs();

    /// <summary>Where a person looks on while a command runs; null under systemd, where the journal has it all.</summary>
    public TextWriter? Terminal { get; init; }

    /// <summary>Why <see cref="Plan"/> is the last good one and not the one in node.json; empty when it is that.</summary>
    public string PlanProblem { get; init; } = "";

    /// <summary>Told each step's number when it has ended well; see <see cref="Failpoint"/>.</summary>
    public Action<int>? StepEnded { get; init; }

    /// <summary>Bytes that are free on the file system of a directory; null where that is not known.</summary>
    public Func<string, long?> FreeBytes { get; init; } = directory => root.IsReal ? FreeSpace.Of(directory) : null;

    /// <summary>Where the engine's packages put things.</summary>
    public EngineLayout Layout { get; } = EngineLayout.For(plan.Engine.Kind);

    /// <summary>Looks for this node's own address where the plan says `auto`: all that is started behind this may take it from the plan.</summary>
    public async Task FindOwnAddressAsync(CancellationToken ct = default)
    {
        if (Pasted.Self.Address != Words.Auto)
            return;
        try
        {
            TakeOwnAddress(IpAddresses.Own(With(Plan, Words.Auto), await new IpAddresses(Programs).ListAsync(ct), Members).Address);
        }
        catch (MachineException e)
        {
            AddressProblem = e.Message;
        }
    }

    /// <summary>Whether <paramref name="members"/> makes another plan than the one that is worked by.</summary>
    public bool HasLearned(Membership members) => Pasted.IsLate && NodePlanJson.Write(members.Over(Pasted)) != NodePlanJson.Write(Members.Over(Pasted));

    /// <summary>
    /// Works by what was learned. This node's own address stays the one that was found until it is found again: the watch, which reads the
    /// plan meanwhile, would else take its own healthy Redis for one that does not answer.
    /// </summary>
    public void TakeMembers()
    {
        if (!Pasted.IsLate)
            return;
        Members = Membership.Read(Root, Pasted);
        var learned = Members.Over(Pasted);
        Plan = learned.Self.Address == Words.Auto ? With(learned, Plan.Self.Address) : learned;
    }

    /// <summary>Takes an address for this node's own.</summary>
    public void TakeOwnAddress(string address)
    {
        Plan = With(Plan, address);
        AddressProblem = "";
    }

    private static NodePlan With(NodePlan plan, string address)
        => plan with { Nodes = [.. plan.Nodes.Select(n => n.Name == plan.Node ? n with { Address = address } : n)] };
}
