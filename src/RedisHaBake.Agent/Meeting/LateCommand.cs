using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Meeting;

/// <summary>What the two words of a person about late addresses have in common.</summary>
internal static class LateCommand
{
    /// <summary>Why this node cannot take such a word; null where it can.</summary>
    public static string? Refusal(AgentContext agent)
        => !agent.Pasted.IsLate
            ? $"the addresses of cluster {agent.Plan.Cluster} stand in its spec; expected a spec with `address: auto` for a node, or `addresses` with `mode` alone; change the spec and generate again"
            : agent.AddressProblem.Length > 0 ? agent.AddressProblem
            : JoinFence.Sentence(agent) is { } waiting ? $"{agent.Plan.Node} is not one of them yet: {waiting}; say it on a node that is ready"
            : MeetingState.Read(agent.Root) is null ? "the agent's service here has not met the others since the boot; expected it to run: systemctl start redishabake-agent"
            : null;

    /// <summary>A version later than <paramref name="last"/>.</summary>
    public static long Next(AgentContext agent, long last) => Math.Max(agent.Clock.GetUtcNow().ToUnixTimeMilliseconds(), last + 1);

    /// <summary>Keeps <paramref name="change"/> of what is known, and makes sure that it stands: the service writes there too.</summary>
    public static async Task KeepAsync(AgentContext agent, Func<Membership, Membership> change, CancellationToken ct)
    {
        for (var stands = 0; stands < 2; await Task.Delay(TimeSpan.FromMilliseconds(100), agent.Clock, ct))
        {
            var known = Membership.Read(agent.Root, agent.Pasted);
            var changed = change(known);
            if (changed.Says(known))
            {
                stands++;
                continue;
            }

            changed.Write(agent.Root);
            stands = 0;
        }
    }

    /// <summary>Waits until <paramref name="holds"/>, at most <paramref name="limit"/>.</summary>
    public static async Task<bool> WaitAsync(AgentContext agent, Func<bool> holds, TimeSpan limit, CancellationToken ct)
    {
        for (var start = agent.Clock.GetTimestamp(); !holds(); await Task.Delay(TimeSpan.FromMilliseconds(200), agent.Clock, ct))
        {
            if (agent.Clock.GetElapsedTime(start) > limit)
                return false;
        }

        return true;
    }
}
