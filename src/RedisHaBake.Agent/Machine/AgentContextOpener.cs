using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Machine;

/// <summary>Puts the agent's context together on a real machine.</summary>
public static class AgentContextOpener
{
    /// <summary>Reads the plan and opens the journal; the machine's facts and systemd are looked at when first needed.</summary>
    /// <param name="root">The machine.</param>
    /// <param name="terminal">Where a person looks on, or null.</param>
    /// <param name="orLastGood">Whether an unusable plan is said, and the last good one taken instead.</param>
    /// <param name="waits">Whether the command can do without this node's own address, and says that it is unknown.</param>
    /// <param name="forHook">Whether a start or stop of Redis or Sentinel waits for it.</param>
    /// <exception cref="NodePlanException">The plan is missing, wrong or newer than this agent.</exception>
    /// <exception cref="MachineException">The plan says `address: auto` and this machine has no single such address; or no right to read it.</exception>
    public static async Task<AgentContext> OpenAsync(MachineRoot root, TextWriter? terminal, bool orLastGood = false, bool waits = false, bool forHook = false)
    {
        var programs = new Programs();
        var (plan, problem) = Read(root, orLastGood);
        var finder = new HostFactsFinder(root, programs);
        var journal = new JournaldJournal([(Field.Cluster, plan.Cluster), (Field.Node, plan.Node)], terminal);
        if (problem.Length > 0)
            journal.Say(Severity.Warning, $"{problem}; going on by the plan that this machine was made from ({PlanFile.LastGood})");
        AgentContext? agent = null;
        agent = new(
            root,
            plan,
            () => finder.FindAsync(agent!.Plan, forHook).GetAwaiter().GetResult(),
            journal,
            new DBusSystemd(),
            TimeProvider.System)
        {
            Programs = programs,
            Terminal = terminal,
            StepEnded = Failpoint.FromEnvironment(),
            PlanProblem = problem,
        };
        agent.TakeMembers();
        await agent.FindOwnAddressAsync();
        if (agent.AddressProblem.Length > 0 && !waits)
            GoOnWithoutAddress(agent, orLastGood);
        return agent;
    }

    // What keeps the cluster together goes on by the address that this machine was made with.
    private static void GoOnWithoutAddress(AgentContext agent, bool orLastGood)
    {
        var problem = agent.AddressProblem;
        if (!orLastGood || PlanFile.ReadLastGood(agent.Root) is not { } kept || kept.Node != agent.Plan.Node || kept.Self.Address == Words.Auto)
            throw new MachineException(problem);
        agent.TakeOwnAddress(kept.Self.Address);
        agent.Journal.Say(Severity.Warning, $"{problem}; going on by the address that this machine was made with, {kept.Self.Address}");
    }

    private static (NodePlan Plan, string Problem) Read(MachineRoot root, bool orLastGood)
    {
        try
        {
            return (PlanFile.Read(root), "");
        }
        catch (NodePlanException e) when (orLastGood && PlanFile.ReadLastGood(root) is { } kept)
        {
            return (kept, e.Message);
        }
    }
}
