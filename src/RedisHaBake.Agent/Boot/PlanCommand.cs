using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>The verb <c>plan</c>: the same checks as <c>apply</c>, printed, and nothing changed.</summary>
public static class PlanCommand
{
    /// <summary>Prints the differences, one a line.</summary>
    public static async Task<int> RunAsync(AgentContext agent, TextWriter output, CancellationToken ct)
    {
        var differences = await SequenceRunner.PlanAsync(BootSequence.Steps(agent, new BootStory(agent)), ct);
        foreach (var (step, difference) in differences)
            output.WriteLine($"{step}: {difference}");
        if (differences.Count == 0)
            output.WriteLine($"{agent.Plan.Node}: nothing differs from the plan");
        return differences.Count == 0 ? ExitCode.Good : ExitCode.ChangesPending;
    }
}
