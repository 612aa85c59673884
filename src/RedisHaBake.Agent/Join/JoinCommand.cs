using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// The join unit: looks at the cluster, decides, acts, and ends once this node is a settled member. It is started with every Redis
/// process, and waits for ever if need be.
/// </summary>
public static class JoinCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseBetweenWrites = TimeSpan.FromSeconds(5);

    /// <summary>Runs until settled.</summary>
    /// <returns>0 once settled.</returns>
    public static async Task<int> RunAsync(AgentContext agent, CancellationToken ct)
    {
        var teller = new JoinTeller(agent);
        while (true)
        {
            if (await RunAsync(agent, teller, ct))
            {
                while (!teller.TryWrite())
                    await Task.Delay(PauseBetweenWrites, agent.Clock, ct);
                return 0;
            }

            agent.TakeMembers();
            await agent.FindOwnAddressAsync(ct);
        }
    }

    /// <summary>Whether it is settled; false where something was learned since, and the plan is another.</summary>
    private static async Task<bool> RunAsync(AgentContext agent, JoinTeller teller, CancellationToken ct)
    {
        var plan = agent.Plan;
        var observer = new ClusterObserver(plan, new LifeMark(agent.Root, plan), agent.Clock);
        var actions = new JoinActions(agent);
        var keepsake = new Keepsake(agent);
        while (!agent.HasLearned(Membership.Read(agent.Root, agent.Pasted)))
        {
            if (JoinFence.Sentence(agent) is { } waiting)
            {
                teller.Say(JoinPhase.Waiting, waiting);
                await Task.Delay(Pause, agent.Clock, ct);
                continue;
            }

            var facts = (await observer.ObserveAsync(ct)) with { Absent = Absence.Read(agent.Root) };
            var decision = plan.Self.Has(NodeRole.Redis) ? JoinDecision.Decide(facts) : JoinDecision.DecideWithoutRedis(facts);
            try
            {
                await keepsake.LookAsync(facts, ct);
                var done = await actions.DoAsync(decision, facts, teller, ct);
                if (done is not null)
                {
                    teller.Say(JoinPhase.Settled, done, Severity.Notice);
                    return true;
                }
            }
            catch (Exception e) when (e is RespUnreachableException or RespException)
            {
                // Whoever we spoke to went away in the middle: look again and decide anew.
                agent.Journal.Say(Severity.Debug, $"while acting on \"{decision.Sentence}\": {e.Message}");
            }

            await Task.Delay(Pause, agent.Clock, ct);
        }

        return false;
    }
}
