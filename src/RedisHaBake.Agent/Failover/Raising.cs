using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// Raises one chosen node where nobody is master, and has the Sentinels learn it: a won vote first (two partial views must not raise two
/// nodes), then the choice as a priority that the Sentinel to be asked shows, since it would promote another node otherwise.
/// </summary>
public sealed class Raising(AgentContext agent)
{
    private const string LostTurn = "another agent or a Sentinel has won a later vote";
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private readonly RedisOrders _orders = new(agent.Plan);
    private readonly Pinning _pinning = new(agent);
    private readonly SentinelRequest _request = new(agent.Plan);
    private readonly Vote _vote = new(agent.Plan);
    private readonly Promotion _promotion = new(agent);

    // Not a Sentinel's id: two agents that asked for one id would both count a majority.
    // From Guid: RandomNumberGenerator would bring 4 MB of OpenSSL into the watch.
    private readonly string _runId = $"{Guid.NewGuid():N}{Guid.NewGuid():N}"[..40];

    /// <summary>Whether a majority of the Sentinels gave this agent the turn.</summary>
    public Task<bool> WinTurnAsync(ClusterFacts facts, CancellationToken ct) => _vote.WinAsync(_runId, facts.Sentinels, ct);

    /// <summary>Raises <paramref name="heir"/>; only after a won turn.</summary>
    /// <param name="heir">A node that may be master.</param>
    /// <param name="facts">What the cluster answered before the turn.</param>
    /// <param name="objection">Looks once more at the last moment: why it must not be done after all, or null.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Whether the node is master and the Sentinels have been told, and one sentence on it.</returns>
    public async Task<(bool Done, string Sentence)> RaiseAsync(PlannedNode heir, ClusterFacts facts, Func<ClusterFacts, string?> objection, CancellationToken ct)
    {
        if (!facts.Sentinels.Any(s => s.Replicas.Any(r => r.Address == heir.Address)))
            return await ReplaceAsync(heir, objection, ct);
        if (RaisedBefore(facts, heir) is not { } sentinel)
        {
            (sentinel, var reason) = await _pinning.PinAsync(heir, ct);
            if (sentinel is null)
                return (false, $"{heir.Name} is not raised: {reason}");
            if (objection(await _observer.ObserveAsync(ct)) is { } no)
                return (false, $"{heir.Name} is not raised: {no}");
            if (!await _vote.HoldsAsync(_runId, facts.Sentinels, ct))
                return (false, $"{heir.Name} is not raised: {LostTurn}");
            await _promotion.RaiseAsync(heir, ct);
        }

        var last = "";
        for (var attempt = 0; attempt < 50; attempt++)
        {
            // Until Sentinel has read its INFO again, the heir's link counts as down for too long; where another replica's, which has
            // followed meanwhile, is read first, Sentinel promotes that one beside the heir.
            var view = await _observer.LookAtSentinelAsync(_plan.SentinelNodes.First(n => n.Name == sentinel.Node), ct);
            // By itself, or asked by somebody else: asked now, it would move the role on to another node.
            if (view.Names?.Address == heir.Address)
                return await RaisedAsync(heir, $"{heir.Name} is master, and {sentinel.Node}'s Sentinel knows it", ct);
            if (!view.Replicas.Any(r => r.Address == heir.Address && r.SaysMaster))
            {
                last = $"it has not seen {heir.Name} as master";
            }
            else if (!await _vote.HoldsAsync(_runId, facts.Sentinels, ct))
            {
                last = LostTurn;
            }
            else
            {
                var answer = await _request.AskAsync(sentinel, ct);
                if (answer.Outcome == AskedFor.Begun)
                    return await RaisedAsync(heir, $"{heir.Name} is master, and {sentinel.Node}'s Sentinel has been told", ct);
                last = answer.Reason;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), agent.Clock, ct);
        }

        return (false, $"{heir.Name} was raised, but {sentinel.Node}'s Sentinel has not taken it: {last}");
    }

    /// <summary>
    /// The Sentinel by which a raising that was interrupted can be finished: it sees <paramref name="heir"/> as a master that was chosen (a
    /// former master that hung and came back is one that was not). Null where there is none.
    /// </summary>
    public static SentinelView? RaisedBefore(ClusterFacts facts, PlannedNode heir) => !facts.DataNodes.First(n => n.Node == heir.Name).IsMaster
        ? null
        : facts.Sentinels.FirstOrDefault(
            s => SentinelRequest.Unaskable(s, facts) is null && s.Replicas.Any(r => r.Address == heir.Address && r is { SaysMaster: true, Priority: Pinning.Priority }));

    private async Task<(bool Done, string Sentence)> RaisedAsync(PlannedNode heir, string sentence, CancellationToken ct)
    {
        await _orders.SetPriorityAsync(heir, 0, ct);
        return (true, sentence);
    }

    /// <summary>
    /// No Sentinel knows of it, because the master died before any had read its list of replicas, in the first second of a cluster's life:
    /// they can promote nobody and will never learn of anybody.
    /// </summary>
    private async Task<(bool Done, string Sentence)> ReplaceAsync(PlannedNode heir, Func<ClusterFacts, string?> objection, CancellationToken ct)
    {
        if (objection(await _observer.ObserveAsync(ct)) is { } no)
            return (false, $"{heir.Name} is not raised: {no}");
        await _promotion.RaiseAsync(heir, ct);
        var told = await new SentinelOrders(_plan).ReplaceEverywhereAsync(heir.Address, ct);
        await _orders.SetPriorityAsync(heir, 0, ct);
        return (told >= _plan.SentinelMajority, $"{heir.Name} is master; no Sentinel knew of it, {told} of {_plan.SentinelNodes.Count} monitor it now");
    }
}
