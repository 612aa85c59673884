using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// Keeps this node's dataset aside before another one, which a person chose (recover --from), replaces it: the person may have been wrong,
/// and a node that was away then may hold the newest data. Done by the node itself as soon as it sees the chosen one, and shown to
/// whoever waits for it; where Sentinel re-points a node, it does so 10 s later at the earliest.
/// </summary>
public sealed class Keepsake(AgentContext agent)
{
    private readonly LifeMark _lifeMark = new(agent.Root, agent.Plan);
    private readonly DatasetFiles _files = new(agent.Root, agent.Plan);
    private readonly RedisOrders _redis = new(agent.Plan);

    /// <summary>Does what is still to be done; cheap where that is nothing.</summary>
    /// <param name="facts">What the cluster answered just now.</param>
    /// <param name="ct">Gives up; the next look goes on.</param>
    public async Task LookAsync(ClusterFacts facts, CancellationToken ct)
    {
        var word = _lifeMark.Word;
        var chosen = facts.Others.Where(n => n.Reachable).MaxBy(n => n.Lineage, StringComparer.Ordinal);
        if (chosen is not null && word.Life == Life.Member && LifeWord.IsLater(chosen.Lineage, word.Lineage))
        {
            // A synced replica of the chosen one has the same data.
            if (facts.Own is not { Synced: true } replica || replica.MasterAddress != chosen.Address)
                Keep(chosen);
            _lifeMark.Note(chosen.Lineage);
            word = _lifeMark.Word;
        }

        // A start shows what the disk said then.
        if (word.Life == Life.Member && facts.Own is { Reachable: true } own && LifeWord.IsLater(word.Lineage, own.Lineage))
            await _redis.ShowLifeAsync(agent.Plan.Self, word, ct);
    }

    private void Keep(DataNodeView chosen)
    {
        string sentence;
        try
        {
            sentence = _files.Keep(chosen.Lineage) switch
            {
                null => $"the dataset here is NOT kept: the disk has no room for it beside {chosen.Node}'s",
                0 => "there is no dataset here to keep",
                var bytes => $"the dataset here ({bytes / 1048576.0:0.0} MiB) is kept in {_files.KeptDirectory}/{chosen.Lineage}; remove that directory when nobody misses anything",
            };
        }
        catch (IOException e)
        {
            sentence = $"the dataset here is NOT kept: {e.Message}";
        }

        agent.Journal.Say(
            Severity.Warning,
            $"a person chose {chosen.Node}'s dataset for cluster {agent.Plan.Cluster}; {sentence}",
            ("KEPT", chosen.Lineage), (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node), (Field.Peer, chosen.Node));
    }
}
