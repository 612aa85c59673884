using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>The verb <c>plan</c>: the same checks as <c>apply</c>, printed, and nothing changed.</summary>
public static class PlanCommand
{
    /// <summary>Prints the differences, one a line, and what differs where nobody can change it from here.</summary>
    public static async Task<int> RunAsync(AgentContext agent, bool json, TextWriter output, CancellationToken ct)
    {
        var story = new BootStory(agent, aloud: false);
        var differences = await SequenceRunner.PlanAsync(BootSequence.Steps(agent, story), ct);
        if (json)
        {
            var changes = differences.Select(d => new PlannedChange(d.Step, d.Difference.What, d.Difference.Expected, d.Difference.Found, d.Difference.Next)).ToList();
            output.Write(new PlanReport(1, agent.Plan.Cluster, agent.Plan.Node, changes, story.Remarks).ToJson());
            return changes.Count == 0 ? ExitCode.Good : ExitCode.ChangesPending;
        }

        foreach (var (step, difference) in differences)
            output.WriteLine($"{step}: {difference}");
        if (differences.Count == 0)
            output.WriteLine($"{agent.Plan.Node}: nothing differs from the plan{(story.Remarks.Count > 0 ? " that `redishabake-agent apply` could change" : "")}");
        foreach (var remark in story.Remarks)
            output.WriteLine($"note: {remark}");
        return differences.Count == 0 ? ExitCode.Good : ExitCode.ChangesPending;
    }
}
