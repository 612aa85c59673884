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
    /// <exception cref="NodePlanException">The plan is missing, wrong or newer than this agent.</exception>
    /// <exception cref="MachineException">The plan says `address: auto` and this machine has no single such address.</exception>
    public static async Task<AgentContext> OpenAsync(MachineRoot root, TextWriter? terminal)
    {
        var programs = new Programs();
        var plan = PlanFile.Read(root);
        if (plan.Self.Address == Words.Auto)
        {
            // Found once, here: everything behind this line may take the node's own address from the plan.
            var own = IpAddresses.Own(plan, await new IpAddresses(programs).ListAsync());
            plan = plan with { Nodes = [.. plan.Nodes.Select(n => n.Name == plan.Node ? n with { Address = own.Address } : n)] };
        }

        var finder = new HostFactsFinder(root, programs);
        return new(
            root,
            plan,
            () => finder.FindAsync(plan).GetAwaiter().GetResult(),
            new JournaldJournal([(Field.Cluster, plan.Cluster), (Field.Node, plan.Node)], terminal),
            new SdBusSystemd(),
            TimeProvider.System)
        {
            Programs = programs,
            Terminal = terminal,
        };
    }
}
