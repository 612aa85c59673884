using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Looks once a second: says every role change in one line, keeps priority 100 for synced replicas only, and re-points this node when it
/// follows (or is) another master than the named one.
/// </summary>
public sealed class RoleWatch(AgentContext agent)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private readonly RedisOrders _orders = new(agent.Plan);
    private readonly Following _following = new(agent);
    private readonly Keepsake _keepsake = new(agent);
    private readonly AbsentSentinels _absentSentinels = new(agent);
    private string _role = "";
    private bool _silent;
    private string? _strayFrom;
    private long? _pinnedSince;
    private long? _unjoinedSince;
    private long? _ignorantSince;

    /// <summary>Watches until stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var facts = await _observer.ObserveAsync(ct);
                SayRole(facts);
                _absentSentinels.Look(facts);
                // While a join runs, the decisions are its own.
                if (JoinState.Read(agent.Root) is { State: JoinPhase.Settled })
                {
                    _unjoinedSince = null;
                    await _keepsake.LookAsync(facts, ct);
                    await KeepPriorityAsync(facts.Own, ct);
                    await KeepMasterAsync(facts, ct);
                    await KeepSentinelAsync(facts, ct);
                    ForgetAbsence(facts);
                }
                else
                {
                    await KeepJoinAsync(ct);
                }

                await Task.Delay(Period, agent.Clock, ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is RespUnreachableException or RespException or IOException)
            {
                agent.Journal.Say(Severity.Debug, $"watch: {e.Message}");
                await Task.Delay(Period, agent.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void SayRole(ClusterFacts facts)
    {
        var own = facts.Own;
        // One missed answer is a busy moment, two are news.
        var first = !own.Reachable && !_silent;
        _silent = !own.Reachable;
        if (first)
            return;
        var role = !own.Reachable ? "not answering"
            : own.Loading ? "loading"
            : own.IsMaster ? "master"
            : own.Unattached ? "a replica of nobody"
            : $"a replica of {NameOf(own.MasterAddress)}{(own.Synced ? ", in sync" : ", not in sync")}";
        if (role == _role)
            return;
        agent.Journal.Say(
            Severity.Notice,
            _role.Length == 0 ? $"Redis here is {role}" : $"Redis here is {role} (was {_role})",
            ("ROLE", own.IsMaster ? "master" : "replica"), (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));
        _role = role;
    }

    /// <summary>A Redis that has not joined and whose join does not run would stay unfit for ever.</summary>
    private async Task KeepJoinAsync(CancellationToken ct)
    {
        var since = _unjoinedSince ??= agent.Clock.GetTimestamp();
        if (agent.Clock.GetElapsedTime(since) < TimeSpan.FromSeconds(5))
            return;
        _unjoinedSince = null;
        if ((await agent.Systemd.GetAsync(UnitDropIns.JoinUnit, ct)).ActiveState is "active" or "activating")
            return;
        agent.Journal.Say(Severity.Warning, "Redis here has not joined and no join is running; starting it", ("HEALED", "join"), (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));
        await agent.Systemd.StartNoBlockAsync(UnitDropIns.JoinUnit, ct);
    }

    /// <summary>
    /// Where the Sentinel here was made to forget the master, or so many others that no majority names one, a join is started: it knows all
    /// the rules, and says for what it waits.
    /// </summary>
    private async Task KeepSentinelAsync(ClusterFacts facts, CancellationToken ct)
    {
        var here = facts.OwnSentinel is { Reachable: true, Names: null };
        if (!here && facts.Naming is not { HasMajority: true, Address: null })
        {
            _ignorantSince = null;
            return;
        }

        var since = _ignorantSince ??= agent.Clock.GetTimestamp();
        if (agent.Clock.GetElapsedTime(since) < TimeSpan.FromSeconds(5))
            return;
        _ignorantSince = null;
        agent.Journal.Say(Severity.Warning, here ? "the Sentinel here names nobody; starting the join, which tells it" : "no majority of the Sentinels names a master; starting the join", ("HEALED", "sentinel"), (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));
        await agent.Systemd.StartNoBlockAsync(UnitDropIns.JoinUnit, ct);
    }

    /// <summary>A node that a person went on without is a member like any other once it follows.</summary>
    private void ForgetAbsence(ClusterFacts facts)
    {
        var absent = Absence.Read(agent.Root);
        var here = absent.Where(a => facts.DataNodes.Any(n => n.Node == a && n.Synced && n.MasterAddress == facts.Naming.Address)).ToList();
        if (here.Count == 0)
            return;
        Absence.Write(agent.Root, absent.Except(here));
        agent.Journal.Say(Severity.Notice, $"{string.Join(", ", here)} came after all and follows", (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));
    }

    private async Task KeepPriorityAsync(DataNodeView own, CancellationToken ct)
    {
        if (!own.Reachable || own.Loading)
            return;
        // A hand-over or the masterless watch has chosen this node; one that died in the middle must not leave it chosen for ever.
        if (own.Priority != Pinning.Priority)
            _pinnedSince = null;
        else if (agent.Clock.GetElapsedTime(_pinnedSince ??= agent.Clock.GetTimestamp()) < Pinning.Patience)
            return;
        // Only a synced replica may be promoted; a master has 0, so that it stays unfit when it is demoted until it has synced.
        var right = own.IsMaster || own.Syncing ? 0 : own.Synced ? 100 : own.Priority;
        if (own.Priority != right)
            await _orders.SetPriorityAsync(_plan.Self, right, ct);
    }

    private async Task KeepMasterAsync(ClusterFacts facts, CancellationToken ct)
    {
        var own = facts.Own;
        if (JoinDecision.Decide(facts) is not Decision.Follow follow || !own.Reachable || (!own.IsMaster && own.MasterAddress == follow.Address))
        {
            _strayFrom = null;
            return;
        }

        // Twice in a row: a failover that is just ending looks the same for a moment.
        if (_strayFrom == follow.Address)
        {
            agent.Journal.Say(
                Severity.Warning,
                $"Redis here is {_role}, but {follow.Sentence}",
                ("HEALED", "replicaof"), (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node), (Field.Peer, NameOf(follow.Address)));
            await _following.StepAsync(follow.Address, told: true, facts, ct);
        }

        _strayFrom = follow.Address;
    }

    private string NameOf(string address) => _plan.Nodes.FirstOrDefault(n => n.Address == address)?.Name ?? address;
}
