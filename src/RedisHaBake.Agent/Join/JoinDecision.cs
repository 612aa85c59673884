using RedisHaBake.Agent.Cluster;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// Who may be master: a pure function of what the peers answered. Never this node's own opinion alone, never a moving address,
/// never an ordinal, an age or an offset. An empty or older dataset never replaces a newer one, and in doubt a node waits.
/// The tests name each rule.
/// </summary>
public static class JoinDecision
{
    // A Redis takes that long to answer at its start, and is not waited for by anybody.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SpreadLimit = TimeSpan.FromMinutes(1);

    /// <summary>Decides for a node that holds data.</summary>
    public static Decision Decide(ClusterFacts facts)
    {
        if (facts.Naming.Address is { } named)
        {
            return facts.Named is not { } master
                ? new Decision.Wait($"the Sentinels name {facts.NameOf(named)}, which is no data node of this cluster; check the Sentinels' state and the node addresses")
                : master.Node == facts.Plan.Node ? DecideWhenNamed(facts)
                : master.IsMaster ? FollowNamed(facts, master)
                : WaitForNamed(facts, master);
        }

        if (facts.Naming.Nobody)
            return DecideWhenNobodyIsNamed(facts);
        return (Decision?)ResumableBootstrap(facts)
            ?? BootstrapOverWhatIsGone(facts)
            ?? ForgottenMaster.Decide(facts)
            ?? new Decision.Wait(facts.Naming.HasMajority
                ? Disagreement(facts)
                : $"only {facts.Naming.Answering} of {facts.Sentinels.Count} Sentinels answer, {facts.Naming.Majority} are needed; waiting for {Unreached(facts)}");
    }

    /// <summary>Decides for a node with a Sentinel and no Redis: it adopts what the majority names, and does nothing else.</summary>
    public static Decision DecideWithoutRedis(ClusterFacts facts)
    {
        if (facts.Naming.Address is not { } named)
            return ForgottenMaster.Decide(facts) ?? new Decision.Wait($"no majority of Sentinels names a master yet ({facts.Naming.Answering} of {facts.Sentinels.Count} answer)");
        return facts.OwnSentinel is { Reachable: true, Names: not null } or null
            ? new Decision.Settled($"the Sentinels name {facts.NameOf(named)}")
            : new Decision.TellSentinels(named, $"the other Sentinels name {facts.NameOf(named)}; ours does not know it yet");
    }

    /// <summary>How long a data node must be out of everybody's reach before the others may go on without asking it.</summary>
    public static TimeSpan GoneAfter(ClusterFacts facts) => TimeSpan.FromMilliseconds(facts.Plan.Failover.DownAfterMs) + TimeSpan.FromSeconds(30);

    private static string Disagreement(ClusterFacts facts)
    {
        if (facts.SpreadingFor < SpreadLimit)
            return $"the Sentinels do not agree on a master yet (highest epoch {facts.Naming.Epoch}); a failover is spreading";
        var names = facts.Sentinels.Where(s => s.Names is not null).Select(s => $"that of {s.Node} names {facts.NameOf(s.Names!.Address)}, epoch {s.Names.ConfigEpoch}");
        return $"the Sentinels do not agree on a master, and no failover spreads for so long ({string.Join("; ", names)}); {PersonsWord.OnData(facts)}";
    }

    // Rule 1. A master that a majority names at the highest epoch anyone shows: Naming has checked both.
    private static Decision.Follow FollowNamed(ClusterFacts facts, DataNodeView master) => new(
        master.Address,
        $"{master.Node} is named master by the Sentinels (epoch {facts.Naming.Epoch}) and says so itself; {(facts.Own is { Reachable: true, Loading: true } ? "waiting for our Redis to load its data" : facts.Own.GoneFor > StartLimit ? "waiting for our Redis to answer" : "following it")}");

    // Rule 3. Its own node, Sentinel, or the watch acts.
    private static Decision.Wait WaitForNamed(ClusterFacts facts, DataNodeView master)
    {
        if (master.Reachable)
        {
            return new(master.Loading || master.HasData || AnyFit(facts) || facts.DataNodes.Any(n => n.IsMaster) || !facts.DataNodes.Any(n => n.HasData)
                ? $"the Sentinels name {master.Node}, which is not master (any more, or yet); waiting for the failover or for its own decision"
                : $"the Sentinels name {master.Node}, which has no data, and no node is fit to be promoted; {PersonsWord.OnData(facts)}");
        }

        return new(AnyFit(facts) || master.GoneFor < GoneAfter(facts)
            ? $"the Sentinels name {master.Node}, which does not answer; waiting for the failover"
            : $"the Sentinels name {master.Node}, which is gone (no answer for {GoneAfter(facts).TotalSeconds:0} s), and no node is fit to be promoted; waiting for {master.Node}; if it never comes back, {PersonsWord.OnData(facts)}");
    }

    // Rule 2.
    private static Decision DecideWhenNamed(ClusterFacts facts)
    {
        var epoch = facts.Naming.Epoch;
        if (facts.Others.FirstOrDefault(n => n.IsMaster) is { } other)
            return new Decision.Wait($"we are still named master (epoch {epoch}), but {other.Node} says that it is; {(facts.SpreadingFor < SpreadLimit ? "a failover is spreading" : $"no failover spreads for so long; {PersonsWord.OnData(facts)}")}");
        if (facts.Own.IsMaster)
        {
            return facts.OwnSentinel is { Reachable: true, Names: null }
                ? new Decision.TellSentinels(facts.Own.Address, $"this node is master, named by the Sentinels (epoch {epoch}); ours does not know it yet")
                : new Decision.Settled($"this node is master, named by the Sentinels (epoch {epoch})");
        }

        var askable = TimeSpan.FromMilliseconds(8.0 * facts.Plan.Failover.DownAfterMs);
        if (FitReplica(facts) is { } fit)
        {
            return fit.LinkDownFor < askable
                ? new Decision.AskFailover($"we are named master (epoch {epoch}) but our Redis is a new process; {fit.Node} has the data and is fit; asking for the failover")
                : new Decision.Wait($"we are named master, {fit.Node} is fit, but its link has been down for longer than Sentinel accepts ({askable.TotalSeconds:0} s); waiting for the watch");
        }

        if (AllBlank(facts) && (epoch == 0 || facts.DataNodes.All(n => n.Blank)))
            return new Decision.Bootstrap($"we are named master (epoch {epoch}), every data node is blank; finishing the bootstrap that was interrupted");

        var gone = GoneAfter(facts);
        var open = facts.Others.Where(n => !(n.Reachable && !n.Loading && !n.Fit) && n.GoneFor < gone).ToList();
        if (open.Count > 0)
            return new Decision.Wait($"we are named master (epoch {epoch}) but our Redis is a new process; waiting for {Names(open)} to answer, or to be gone for {gone.TotalSeconds:0} s");
        if (facts.Own is { Reachable: false } or { Loading: true })
            return new Decision.Wait("we are named master and nobody else can be; waiting for our Redis to load its data");
        if (facts.OwnLife == Life.Member)
            return new Decision.RaiseInPlace($"we are named master (epoch {epoch}), no other node is fit, and our data is whole; becoming master again");
        return new Decision.Wait($"we are named master but have lost our data, and no other node is fit; waiting for a node that has it; otherwise {PersonsWord.OnData(facts)}");
    }

    // Rule 4.
    private static Decision DecideWhenNobodyIsNamed(ClusterFacts facts)
    {
        var missing = facts.Awaited.Where(n => !n.Reachable || n.Loading).ToList();
        if (missing.Count > 0)
            return new Decision.Wait($"no Sentinel names a master yet; waiting for {Names(missing)} to answer{PersonsWord.OnMissing(facts, missing)}");
        if (AllBlank(facts))
        {
            var absent = facts.DataNodes.Except(facts.Awaited).Select(n => n.Node).ToList();
            var without = absent.Count == 0 ? "" : $" but {string.Join(", ", absent)}, which a person said not to wait for,";
            var first = Absence.Bootstrapper(facts.Plan, absent);
            return first == facts.Plan.Node
                ? new Decision.Bootstrap($"every data node{without} is reached and blank and no Sentinel names a master; bootstrapping the cluster {facts.Plan.Cluster}")
                : new Decision.Wait($"every data node{without} is reached and blank; waiting for {first} to bootstrap");
        }

        var masters = facts.DataNodes.Where(n => n.IsMaster).ToList();
        if (masters is [var master] && facts.DataNodes.All(n => n == master || n.MasterAddress == master.Address))
        {
            return new Decision.TellSentinels(
                master.Address,
                $"no Sentinel names a master, but {master.Node} is one and every other node follows it; telling the Sentinels");
        }

        return new Decision.Wait(
            $"no Sentinel names a master, and {Names(facts.DataNodes.Where(n => !n.Blank))} held data before; {PersonsWord.OnData(facts)}");
    }

    // A bootstrap may be resumed by whoever began it, while all are blank: that some Sentinel names this node, and none another, says that it
    // did. (The initial master, if a person had the next one bootstrap without it, may be back by now.)
    private static Decision.Bootstrap? ResumableBootstrap(ClusterFacts facts) =>
        facts.Naming is { HasMajority: true, Epoch: 0, AnybodyNamed: true }
        && facts.Sentinels.All(s => s.Names is null || s.Names.Address == facts.Own.Address)
        && facts.Own is { Reachable: true, Loading: false, HasKeys: false }
        && facts.Awaited.All(n => n.Blank || n.Node == facts.Plan.Node)
            ? new("the bootstrap was interrupted: some Sentinels name this node, every other node is blank; finishing it")
            : null;

    // Every VM that held data was made anew, while a Sentinel elsewhere remembers the old cluster. Nothing is left to lose; the one that it
    // remembers begins, because its memory (the highest epoch) is what the other Sentinels will believe.
    private static Decision? BootstrapOverWhatIsGone(ClusterFacts facts)
    {
        var remembered = facts.Sentinels.Where(s => s.Names?.ConfigEpoch == facts.Naming.Epoch).Select(s => s.Names!.Address).Distinct().ToList();
        if (!facts.Naming.HasMajority || facts.Naming.Epoch == 0 || facts.OwnLife != Life.Blank || !facts.DataNodes.All(n => n.Blank)
            || remembered is not [var address] || facts.DataNodes.FirstOrDefault(n => n.Address == address) is not { } first)
            return null;
        var why = $"every data node is reached and blank: all data of before is gone, and a Sentinel remembers {first.Node} as the master of then (epoch {facts.Naming.Epoch})";
        return first.Node == facts.Plan.Node ? new Decision.Bootstrap($"{why}; bootstrapping anew") : new Decision.Wait($"{why}; waiting for it to bootstrap");
    }

    private static bool AllBlank(ClusterFacts facts) => facts.Awaited.All(n => n.Blank) && facts.OwnLife == Life.Blank;

    private static bool AnyFit(ClusterFacts facts) => facts.DataNodes.Any(n => n.Fit);

    // Rule 2a: seen by us, or listed alive by a majority's Sentinels.
    private static DataNodeView? FitReplica(ClusterFacts facts)
    {
        var seen = facts.Others.Where(n => n.Fit).MinBy(n => n.LinkDownFor);
        if (seen is not null)
            return seen;
        foreach (var node in facts.Others)
        {
            var lists = facts.Sentinels.Select(s => s.Replicas.FirstOrDefault(r => r.Address == node.Address)).Where(r => r is { Fit: true }).ToList();
            if (lists.Count >= facts.Naming.Majority)
                return node with { LinkDownFor = lists.Min(r => r!.MasterLinkDownFor) };
        }

        return null;
    }

    private static string Unreached(ClusterFacts facts)
        => string.Join(", ", facts.Sentinels.Where(s => !s.Reachable).Select(s => s.Node));

    private static string Names(IEnumerable<DataNodeView> nodes) => string.Join(", ", nodes.Select(n => n.Node));
}
