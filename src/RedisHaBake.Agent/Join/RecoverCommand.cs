using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// The verb <c>recover --from NODE</c>: a person's word that the cluster goes on with this node's data, where rules cannot know: the named
/// master is gone for good or has lost its data, and nobody else was in sync with it. The others keep their datasets aside first.
/// </summary>
public sealed class RecoverCommand(AgentContext agent, TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Hello messages go out every 2 s.
    private static readonly TimeSpan SpreadLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KeepLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NamedLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly NodePlan _plan = agent.Plan;
    private readonly LifeMark _lifeMark = new(agent.Root, agent.Plan);
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock, Patience);
    private readonly RedisOrders _redis = new(agent.Plan);

    /// <summary>Checks, has the others keep their datasets, raises this node and waits until it is named.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="from">The node whose data the cluster goes on with: this one.</param>
    /// <param name="output">Where to say it.</param>
    /// <param name="ct">Gives up; it can be run again.</param>
    /// <returns>0 when this node is master and named, else 1.</returns>
    public static async Task<int> RunAsync(AgentContext agent, string from, TextWriter output, CancellationToken ct)
    {
        try
        {
            return await new RecoverCommand(agent, output).RunAsync(from, ct);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            await output.WriteLineAsync($"the recovery was interrupted: {e.Message}; run it again");
            return ExitCode.Failed;
        }
    }

    private async Task<int> RunAsync(string from, CancellationToken ct)
    {
        var (facts, refusal) = await LookAsync(from, ct);
        if (refusal is not null)
        {
            await output.WriteLineAsync($"no recovery, nothing was changed: {refusal}");
            return ExitCode.Failed;
        }

        var absentBefore = Absence.Read(agent.Root);
        var absent = facts.DataNodes.Where(n => !n.Reachable).Select(n => n.Node).ToList();
        Absence.Write(agent.Root, absentBefore.Union(absent));
        Say($"a person said to go on with {from}'s data{(absent.Count == 0 ? "" : $" and without {string.Join(", ", absent)}")}");
        var failure = await KeepAsync(facts, ct) ?? await RaiseAsync(from, facts, ct);
        if (failure is null && !await NamedAsync(ct))
            failure = $"{from} is master, and a majority of the Sentinels does not name it within {NamedLimit.TotalSeconds:0} s; run it again";
        if (failure is not null)
        {
            Absence.Write(agent.Root, absentBefore);
            Say($"no recovery: {failure}");
            await output.WriteLineAsync($"no recovery: {failure}");
            return ExitCode.Failed;
        }

        Say($"{from} is master, by a person's word");
        await output.WriteLineAsync($"{from} is master, named by the Sentinels{(absent.Count == 0 ? "" : $"; {string.Join(", ", absent)} will follow when it comes, and keeps its dataset aside")}");
        return ExitCode.Good;
    }

    // A node that is only slow must not be taken for an absent one: everybody has a little more than down-after to answer. And Sentinels that
    // do not agree may be about to: told anew, they would count failovers from 0, and one that is away now would overrule them later. Those
    // that have forgotten never will.
    private async Task<(ClusterFacts Facts, string? Refusal)> LookAsync(string from, CancellationToken ct)
    {
        var start = agent.Clock.GetTimestamp();
        while (true)
        {
            var facts = await _observer.ObserveAsync(ct);
            var refusal = RecoverRefusal.Of(facts, from);
            var waited = agent.Clock.GetElapsedTime(start);
            var spreading = facts.Naming is { AnybodyNamed: true, Address: null, IsForgotten: false } && waited < SpreadLimit;
            var slow = facts.DataNodes.Any(n => !n.Reachable) && waited < TimeSpan.FromMilliseconds(_plan.Failover.DownAfterMs) + Patience;
            if (refusal is not null || (!spreading && !slow))
                return (facts, refusal);
            await Task.Delay(Pause, agent.Clock, ct);
        }
    }

    /// <summary>Shows the new lineage, and waits until every node that answers and would lose its data has seen it.</summary>
    private async Task<string?> KeepAsync(ClusterFacts facts, CancellationToken ct)
    {
        _lifeMark.Write(LifeWord.NewLineage(agent.Clock.GetUtcNow(), facts.DataNodes.Select(n => n.Lineage).Append(_lifeMark.Word.Lineage)));
        var word = _lifeMark.Word;
        await _redis.ShowLifeAsync(_plan.Self, word, ct);
        var losers = facts.Others.Where(n => n is { Reachable: true, Life: Life.Member }).Select(n => n.Node).ToList();
        var start = agent.Clock.GetTimestamp();
        while (true)
        {
            var now = await _observer.ObserveAsync(ct);
            var open = now.Others.Where(n => losers.Contains(n.Node) && (!n.Reachable || LifeWord.IsLater(word.Lineage, n.Lineage))).Select(n => n.Node).ToList();
            if (open.Count == 0)
            {
                foreach (var loser in losers)
                    await output.WriteLineAsync($"{loser}: its dataset is kept where its disk has room: {new DatasetFiles(agent.Root, _plan).KeptDirectory}/{word.Lineage}");
                return null;
            }

            if (agent.Clock.GetElapsedTime(start) > KeepLimit)
                return $"{string.Join(", ", open)} has not kept its dataset aside within {KeepLimit.TotalSeconds:0} s; look there at: systemctl status redishabake-agent, or stop its Redis, then run this again";
            await Task.Delay(Pause, agent.Clock, ct);
        }
    }

    private async Task<string?> RaiseAsync(string from, ClusterFacts facts, CancellationToken ct)
    {
        var self = _plan.Self;
        if (facts.Naming.Address is null)
            return await TellAsync(facts, ct);
        var raising = new Raising(agent);
        if (!await raising.WinTurnAsync(facts, ct))
            return "the vote of the Sentinels was not won; another failover may be under way; run it again in half a minute";
        var raised = false;
        try
        {
            (raised, var sentence) = await raising.RaiseAsync(self, facts, last => RecoverRefusal.AtTheLastMoment(last, from), ct);
            return raised ? null : sentence;
        }
        finally
        {
            // Not raised: it must not stay chosen.
            if (!raised)
                await _redis.SetPriorityAsync(self, 0, CancellationToken.None);
        }
    }

    /// <summary>The Sentinels name nobody, or do not agree: they are told as at a bootstrap.</summary>
    private async Task<string?> TellAsync(ClusterFacts facts, CancellationToken ct)
    {
        var sentinels = new SentinelOrders(_plan);
        var told = facts.Naming.AnybodyNamed
            ? await sentinels.ReplaceEverywhereAsync(_plan.Self.Address, ct)
            : await sentinels.MonitorEverywhereAsync(_plan.Self.Address, ct);
        if (told < _plan.SentinelMajority)
            return $"{told} of {_plan.SentinelNodes.Count} Sentinels took this node's name, {_plan.SentinelMajority} are needed";
        if (!facts.Own.IsMaster)
            await new Promotion(agent).RaiseAsync(_plan.Self, ct);
        await _redis.SetPriorityAsync(_plan.Self, 0, ct);
        // Their count of failovers began anew; one that was away may remember the old master with a higher one.
        if (facts.Sentinels.Any(s => !s.Reachable))
            await output.WriteLineAsync("not every Sentinel answered: when all nodes are back and in sync, run `redishabake-agent switchover` once, so that no Sentinel brings the old master's name back");
        return null;
    }

    private async Task<bool> NamedAsync(CancellationToken ct)
    {
        var start = agent.Clock.GetTimestamp();
        while (agent.Clock.GetElapsedTime(start) < NamedLimit)
        {
            var facts = await _observer.ObserveAsync(ct);
            if (facts.Own.IsMaster && facts.Naming.Address == facts.Own.Address)
                return true;
            await Task.Delay(Pause, agent.Clock, ct);
        }

        return false;
    }

    private void Say(string sentence) => agent.Journal.Say(
        Severity.Warning, sentence, ("RECOVERY", _plan.Node), (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));
}
