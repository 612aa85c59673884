using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// The plan by which a hook writes a text just before the program reads it. One that the agent has not applied yet is tried first: a
/// text that the program rejects would keep it from starting, again and again.
/// </summary>
internal static class AcceptedPlan
{
    /// <summary>The agent's plan, or where its texts are rejected, and that is said, the last good one.</summary>
    public static async Task<NodePlan> OfAsync(AgentContext agent, CancellationToken ct)
    {
        if (PlanFile.IsKept(agent.Root, agent.Plan) || PlanFile.ReadLastGood(agent.Root) is not { } kept)
            return agent.Plan;
        try
        {
            if (await new EngineTrial(agent).RejectedAsync(ct) is not { Count: > 0 } rejected)
                return agent.Plan;
            agent.Journal.Say(Severity.Error, $"{string.Join("; ", rejected)}; it starts by the plan that this machine was made from ({PlanFile.LastGood})");
        }
        catch (Exception e) when (e is MachineException or IOException or UnauthorizedAccessException)
        {
            agent.Journal.Say(Severity.Warning, $"the text of {PlanFile.Path} could not be tried: {e.Message}; going on by the plan that this machine was made from ({PlanFile.LastGood})");
        }

        return kept;
    }
}
