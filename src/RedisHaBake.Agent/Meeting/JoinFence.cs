using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// A node takes part only once another node knows it by the address that it has: else it could be promoted where no proxy looks for it, or vote
/// under the name of a machine that lives. Durable, so that a known node's restart waits for nobody.
/// </summary>
public static class JoinFence
{
    /// <summary>What the join has to wait for; null where nothing.</summary>
    public static string? Sentence(AgentContext agent)
    {
        var pasted = agent.Pasted;
        if (!pasted.IsLate || pasted.Self.Address != Words.Auto || (Membership.Read(agent.Root, pasted).Accepted is var accepted && accepted == agent.Plan.Self.Address))
            return null;
        return MeetingState.Read(agent.Root) is { Waiting.Length: > 0 } state ? state.Waiting : $"waiting until another node knows {pasted.Node}";
    }
}
