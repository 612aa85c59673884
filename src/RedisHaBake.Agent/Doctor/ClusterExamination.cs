using RedisHaBake.Agent.Status;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Doctor;

/// <summary>What is wrong in the cluster as seen from one node: pure.</summary>
public static class ClusterExamination
{
    private const string Silent = NodeStatus.NotAnswering;

    /// <summary>The nodes that do not answer, one finding each.</summary>
    /// <param name="status">The cluster.</param>
    /// <param name="said">Whether a service of this node that is stopped has been said to be.</param>
    public static IEnumerable<Finding> OfSilence(StatusReport status, Func<NodeStatus, bool> said)
    {
        foreach (var node in status.Nodes.Where(n => (n.Role == Silent || n.Sentinel == Silent) && !said(n)))
        {
            var what = node.Role != Silent ? $"the Sentinel of {node.Name} ({node.Address}) does not answer"
                : node.Sentinel == Silent ? $"{node.Name} ({node.Address}) does not answer, neither its Redis nor its Sentinel"
                : $"Redis of {node.Name} ({node.Address}) does not answer";
            yield return new(what, node.Name == status.Node
                ? "what it says itself: journalctl -u 'redis*' -u 'valkey*' -n 50"
                : $"on {node.Name}: redishabake-agent doctor; if the VM itself does not answer, start it in the portal, or see to the network between it and {status.Node}");
        }
    }

    /// <summary>Everything else.</summary>
    public static IEnumerable<Finding> Of(StatusReport status)
    {
        List<string> gone = [.. status.Nodes.Where(n => !Answers(n) && n is not { Role: Words.None, Sentinel: Words.None }).Select(n => n.Name)];
        if (status.LetsOut == true && gone.Count > 0)
        {
            yield return new(
                $"the way out through this node stays open for the whole private network: {string.Join(" and ", gone)} may be created anew and install by it",
                $"it closes by itself when {(gone.Count == 1 ? "it answers" : "they answer")}; where one is gone for good, take it out of the spec, generate again, and put the new text on this VM");
        }

        if (!status.Quorum.CanFailOver && status.Quorum.Answering >= status.Quorum.Majority && status.Master.Length == 0)
            yield return OfNobodyNamed(status);
        else if (!status.Quorum.CanFailOver)
            yield return new($"no failover is possible: {status.Quorum.Lacking}", status.Nodes.Any(n => n.Tilt) ? "wait 30 s for a Sentinel in TILT; start the nodes whose Sentinel does not answer" : "start the nodes whose Sentinel does not answer, or repair the network between them and this node");
        else if (status.Master.Length == 0)
            yield return new("no node that answers is master: nobody takes writes", "the Sentinels fail over within seconds where a replica is in sync; where this stands longer, what each node's join waits for: redishabake-agent status, on every node");
        foreach (var node in status.Nodes)
        {
            // Without a master nobody can be in sync.
            if (node.Role == "replica" && !node.Synced && status.Master.Length > 0)
                yield return new($"{node.Name} is not in sync", node.Follows.Length == 0 ? $"on {node.Name}: redishabake-agent status says what its join waits for" : $"a first sync takes its time; if it does not end, on {node.Name}: journalctl -u 'redis*' -u 'valkey*' -n 50");
            if (node.Tilt)
                yield return new($"the Sentinel of {node.Name} is in TILT: its clock jumped or it was paused, and it abstains for 30 s", "wait; if it comes again and again, the VM is starved of CPU or its clock is set by two programs");
        }

        if (status.Master.Length > 0 && status.Nodes.Any(n => n.Role == "replica") && status.Nodes.All(n => n.Role != "replica" || n.Priority == 0))
            yield return new("no replica may be promoted: none has completed a sync", "wait for the sync; until then a failure of the master cannot be survived");
        foreach (var address in status.Addresses.Where(a => a.Holder.Length == 0))
            yield return new($"the {address.Use} address {address.Address} ({address.Mode}) is held by no node that answers", address.Mode == "pinned" ? "start the node that it is pinned to" : "systemctl status keepalived haproxy on each proxy; where the provider ties addresses to one VM, choose pinned addresses");
        if (status.Haproxy is { Answering: true, Write.Count: 0 } && status.Master.Length > 0)
            yield return new("HAProxy here lets no write through", "there is no master with a majority of Sentinels behind it, as seen from here: the stats page says which check fails");
    }

    // Why it is so, where the join of this node has found it out.
    private static Finding OfNobodyNamed(StatusReport status)
        => status.Join.Length > 0 && status.Reasons.Contains(status.Join)
            ? new($"no majority of the Sentinels names a master: {status.Join}", Cause.Waiting(status.Join))
            : new("no majority of the Sentinels names a master: nobody takes writes", "look at what each node's join waits for: redishabake-agent status, on every node");

    /// <summary>Whether a node that does not answer is the one that a sentence is about.</summary>
    public static bool Names(string sentence, string node) => sentence.Split(' ', ',', ';', ':', '(', ')', '.').Contains(node);

    /// <summary>Whether a node has nothing to answer with.</summary>
    internal static bool Answers(NodeStatus node) => node is not ({ Role: Silent or Words.None, Sentinel: Silent or Words.None });
}
