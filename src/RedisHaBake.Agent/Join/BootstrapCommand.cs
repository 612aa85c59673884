using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// The verb <c>bootstrap --without NODE</c>: a person's word that a data node does not come, at the very first boot. Nothing else may
/// give it: two halves of a blank cluster that cannot see each other would both be right.
/// </summary>
public static class BootstrapCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Checks, keeps the word for the join, and waits until the join has acted on it.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="absent">The data nodes that do not come.</param>
    /// <param name="output">Where to say it.</param>
    /// <param name="ct">Gives up waiting; the word stays.</param>
    /// <returns>0 when this node is master, else 1.</returns>
    public static async Task<int> RunAsync(AgentContext agent, IReadOnlyList<string> absent, TextWriter output, CancellationToken ct)
    {
        var observer = new ClusterObserver(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock, Patience);
        if (Refusal(await observer.ObserveAsync(ct), absent) is { } refusal)
        {
            await output.WriteLineAsync($"no bootstrap, nothing was changed: {refusal}");
            return ExitCode.Failed;
        }

        Absence.Write(agent.Root, absent);
        agent.Journal.Say(
            Severity.Warning, $"a person said to bootstrap cluster {agent.Plan.Cluster} without {string.Join(", ", absent)}",
            (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node));
        var start = agent.Clock.GetTimestamp();
        while (agent.Clock.GetElapsedTime(start) < Limit)
        {
            var facts = await observer.ObserveAsync(ct);
            if (facts.Own.IsMaster && facts.Named?.Node == agent.Plan.Node)
            {
                await output.WriteLineAsync($"{agent.Plan.Node} is master, named by the Sentinels; {string.Join(", ", absent)} will follow when it comes");
                return ExitCode.Good;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), agent.Clock, ct);
        }

        await output.WriteLineAsync($"the join has not made this node master within {Limit.TotalSeconds:0} s: {JoinState.Read(agent.Root)?.Sentence ?? "no join runs here; look at: redishabake-agent status"}");
        return ExitCode.Failed;
    }

    /// <summary>Why it must not be done, or null.</summary>
    public static string? Refusal(ClusterFacts facts, IReadOnlyList<string> absent)
    {
        var plan = facts.Plan;
        var data = string.Join(", ", plan.DataNodes.Select(n => n.Name));
        if (absent.FirstOrDefault(a => plan.DataNodes.All(n => n.Name != a)) is { } stranger)
            return $"{stranger} is no data node of cluster {plan.Cluster}; expected of {data}";
        if (absent.Contains(plan.Node))
            return $"{plan.Node} is this node, and it is here";
        if (Absence.Bootstrapper(plan, absent) is var first && first != plan.Node)
            return $"run it on {first}, which bootstraps in that case";
        if (!facts.Naming.HasMajority)
            return $"only {facts.Naming.Answering} of {facts.Sentinels.Count} Sentinels answer, {facts.Naming.Majority} are needed";
        if (facts.Naming.AnybodyNamed)
            return "a Sentinel names a master: the cluster exists, and a node that is missing is waited for by nobody; look at: redishabake-agent status";
        if (facts.DataNodes.FirstOrDefault(n => n.Reachable && absent.Contains(n.Node)) is { } here)
            return $"{here.Node} answers; it is waited for no longer than it takes to boot";
        if (facts.DataNodes.Where(n => !n.Reachable && !absent.Contains(n.Node)).Select(n => n.Node).ToList() is { Count: > 0 } missing)
            return $"{string.Join(", ", missing)} does not answer either; name it with another --without, or start it";
        if (facts.DataNodes.FirstOrDefault(n => n.Reachable && !n.Blank) is { } full)
            return $"{full.Node} held data before (or is loading); a bootstrap is for blank nodes only. Where data is to be kept: redishabake-agent recover --from NODE, on that node";
        return facts.OwnLife == Life.Blank ? null : $"{plan.Node} was a member before; a bootstrap is for blank nodes only";
    }
}
