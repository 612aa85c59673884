using RedisHaBake.Agent.Cluster;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// Rule 4c: so many Sentinels were made anew that those which still name a master are no majority. No hello message teaches a Sentinel
/// that monitors nobody, so nothing is spreading, and by itself it would stay so for ever. What is left of their memory may be told to the
/// others only where, if it is out of date, it can cost no data. Pure.
/// </summary>
public static class ForgottenMaster
{
    /// <summary>What to do about it; null where it is not so.</summary>
    public static Decision? Decide(ClusterFacts facts)
    {
        if (!facts.Naming.IsForgotten)
            return null;
        var knowing = facts.Sentinels.Where(s => s.Names is not null).ToList();
        var addresses = knowing.Select(s => s.Names!.Address).Distinct().ToList();
        var why = $"only {knowing.Count} of {facts.Sentinels.Count} Sentinels {(knowing.Count == 1 ? "remembers" : "remember")} a master "
            + $"({string.Join(", ", addresses.Select(facts.NameOf))}, epoch {facts.Naming.Epoch}), the others{(facts.Naming.Answering < facts.Sentinels.Count ? " that answer" : "")} name nobody";
        var missing = facts.DataNodes.Where(n => !n.Reachable || n.Loading).ToList();
        if (missing.Count > 0)
            return new Decision.Wait($"{why}; waiting for {string.Join(", ", missing.Select(n => n.Node))} to answer{PersonsWord.OnMissing(facts, missing)}");

        var remembered = addresses is [var address] ? facts.DataNodes.FirstOrDefault(n => n.Address == address) : null;
        if (remembered is not null && IsMasterOfAll(remembered, facts))
            return new Decision.TellSentinels(remembered.Address, $"{why}; {remembered.Node} is master, and every other node follows it or is blank; telling the Sentinels");
        var keepers = facts.DataNodes.Where(n => !n.Blank).ToList();
        if (keepers.Count == 0)
            return new Decision.Wait($"{why}, and every data node is blank; waiting for {string.Join(", ", addresses.Select(facts.NameOf))} to finish the bootstrap");
        if (remembered is null || keepers is not [{ HasData: true, IsMaster: false } keeper] || !(keeper.Fit || keeper == remembered))
            return new Decision.Wait($"{why}; {PersonsWord.OnData(facts)}");

        // Whoever is promoted now, it can only be the one with data. A Sentinel that is away may remember a later failover: brought back
        // with its higher epoch, it would take the role away again.
        var silent = facts.Sentinels.Where(s => !s.Reachable).Select(s => s.Node).ToList();
        return silent.Count > 0
            ? new Decision.Wait($"{why}; waiting for the Sentinel of {string.Join(", ", silent)}, which may remember more; if it does not come, {PersonsWord.OnData(facts)}")
            : new Decision.TellSentinels(
                remembered.Address,
                $"{why}; of all data nodes {keeper.Node} alone has data, the others are blank; telling the Sentinels what was forgotten, so that {keeper.Node} can be master");
    }

    private static bool IsMasterOfAll(DataNodeView master, ClusterFacts facts)
        => master.IsMaster && facts.DataNodes.All(n => n == master || (!n.IsMaster && (n.Blank || n.MasterAddress == master.Address)));
}
