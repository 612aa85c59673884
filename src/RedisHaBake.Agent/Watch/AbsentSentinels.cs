using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Watch;

/// <summary>The Sentinels that were missing when this node became ready, degraded for that: it is no longer once they answer.</summary>
public sealed class AbsentSentinels(AgentContext agent)
{
    private List<string>? _absent;

    /// <summary>Why a node is degraded without the Sentinel of <paramref name="node"/>.</summary>
    public static string Sentence(string node) => $"the Sentinel of {node} does not answer: the cluster goes on, but survives one failure less";

    /// <summary>Takes back what was said of Sentinels that answer now.</summary>
    public void Look(ClusterFacts facts)
    {
        if (_absent is null)
        {
            if (BootReport.Read(agent.Root, BootReport.ReadyFile) is not { } ready)
                return;
            _absent = [.. agent.Plan.SentinelNodes.Select(n => n.Name).Where(n => ready.Degraded.Contains(Sentence(n)))];
        }

        foreach (var node in facts.Sentinels.Where(s => s.Reachable && _absent.Contains(s.Node)).Select(s => s.Node))
        {
            BootReport.Replace(agent.Root, Sentence(node), null);
            _absent.Remove(node);
            agent.Journal.Say(
                Severity.Notice, $"the Sentinel of {node}, which was missing when this node became ready, answers now", (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node), (Field.Peer, node));
        }
    }
}
