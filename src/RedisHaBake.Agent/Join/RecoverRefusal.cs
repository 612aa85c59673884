using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;

namespace RedisHaBake.Agent.Join;

/// <summary>Where a person's word that the cluster goes on with one node's data would do harm, or nothing: pure.</summary>
public static class RecoverRefusal
{
    /// <summary>Why <c>recover --from</c> must not be done, or null.</summary>
    public static string? Of(ClusterFacts facts, string from)
    {
        var plan = facts.Plan;
        if (plan.DataNodes.All(n => n.Name != from))
            return $"{from} is no data node of cluster {plan.Cluster}; expected one of {string.Join(", ", plan.DataNodes.Select(n => n.Name))}";
        if (from != plan.Node)
            return $"run it on {from}, whose data the cluster shall go on with";
        if (!facts.Naming.HasMajority)
            return $"only {facts.Naming.Answering} of {facts.Sentinels.Count} Sentinels answer, {facts.Naming.Majority} are needed";
        var own = facts.Own;
        if (!own.Reachable)
            return $"Redis of {from} does not answer; start it first";
        if (own.Loading)
            return $"Redis of {from} is still loading its dataset; wait until it has";
        if (facts.OwnLife != Life.Member)
            return facts.OwnLife == Life.Lost ? $"{from} has lost its own data files" : $"{from} never was a member: it has no data to go on with";
        if (own.IsMaster && facts.Naming.Address == own.Address)
            return $"{from} is master already";
        // While no majority names anybody, nobody is promoted by itself, however fit; the offsets of fit nodes can be compared.
        if (facts.Naming.Address is null)
        {
            return facts.Others.Where(n => n.Fit && (own.IsMaster ? n.MasterAddress != own.Address : !own.Fit || n.Offset > own.Offset)).MaxBy(n => n.Offset) is { } newer
                ? $"{newer.Node} was in sync with the last master, and its data is newer than {from}'s: on it, redishabake-agent recover --from {newer.Node}"
                : AtTheLastMoment(facts, from);
        }

        if (facts.DataNodes.FirstOrDefault(n => n.Fit && (n != own || n.Priority != Pinning.Priority)) is { } fit)
            return $"{fit.Node} was in sync and is fit to be promoted: it becomes master by itself within a minute; look at: redishabake-agent status";
        return AtTheLastMoment(facts, from);
    }

    /// <summary>The same of what may have changed while everything else was being prepared.</summary>
    public static string? AtTheLastMoment(ClusterFacts facts, string from)
    {
        if (facts.Others.FirstOrDefault(n => n.IsMaster) is { } master)
            return $"{master.Node} is master; nothing has to be recovered";
        return facts.Named is { Reachable: true } named && named.Node != from && (named.Loading || named.Life is Life.Member or Life.Unknown)
            ? $"{named.Node}, which the Sentinels name, answers and has its data: it decides by itself; look there at: redishabake-agent status"
            : null;
    }
}
