using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Status;

/// <summary>Collects a <see cref="StatusReport"/>. Whatever does not answer is said to be so; nothing of it stops the rest.</summary>
public sealed class StatusReader(AgentContext agent)
{
    /// <summary>A person would rather wait than read that a busy server is dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly NodePlan _plan = agent.Plan;

    /// <summary>Looks once; takes as long as the slowest answer, a few times <see cref="Patience"/> at most.</summary>
    public async Task<StatusReport> ReadAsync(CancellationToken ct)
    {
        var factsTask = new ClusterObserver(_plan, new LifeMark(agent.Root, _plan), agent.Clock, Patience).ObserveAsync(ct);
        var proxyTask = HaproxyStats.ReadAsync(agent.Root, ct);
        var addressesTask = AddressesAsync(ct);
        var unitsTask = UnitsAsync(ct);
        var facts = await factsTask;
        // A later run of this boot may be under way, or have failed, on a node that was ready: that is the news.
        var run = BootReport.Read(agent.Root, BootReport.RunFile);
        var boot = run is { Ready: null } ? run : BootReport.Read(agent.Root, BootReport.ReadyFile) ?? run;
        var join = JoinState.Read(agent.Root);
        var units = await unitsTask;
        var (state, reasons) = Judge(agent.PlanProblem, boot, join, facts, units, _plan.IsLate ? MeetingState.Read(agent.Root)?.Problems ?? [] : []);
        return new(
            _plan.Cluster,
            _plan.Node,
            BootStory.Version,
            state,
            reasons,
            join?.Sentence ?? "",
            facts.Naming.Address is { } named ? facts.NameOf(named) : "",
            [.. _plan.Nodes.Select(n => Node(n, facts))],
            QuorumStatus.Of(facts),
            await addressesTask,
            await proxyTask,
            units,
            [.. KernelSettings.Of(agent.Root, _plan.Kernel).Select(s => new KernelStatus(s.Name, s.Expected, s.Found, s.IsWritable))],
            boot)
        {
            DataWritten = DataWritten(),
            LetsOut = await LetsOutAsync(ct),
        };
    }

    // The append-only file, and where there is none the snapshot. A start without writes leaves both alone.
    private DateTimeOffset? DataWritten()
    {
        var directory = agent.Root.At(agent.Layout.DataDirectory);
        if (!_plan.Self.Has(NodeRole.Redis) || !Directory.Exists(directory))
            return null;
        try
        {
            var log = Path.Combine(directory, "appendonlydir");
            List<string> files = [.. Directory.Exists(log) ? Directory.EnumerateFiles(log, "*.incr.aof") : [], .. Directory.EnumerateFiles(directory, "*.rdb")];
            return files.Count == 0 ? null : new DateTimeOffset(files.Max(File.GetLastWriteTimeUtc), TimeSpan.Zero);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (string State, IReadOnlyList<string> Reasons) Judge(string problem, BootReport? boot, JoinState? join, ClusterFacts facts, IReadOnlyList<UnitStatus> units, IReadOnlyList<string> contradictions)
    {
        if (problem.Length > 0)
            return ("failed", [problem]);
        if (boot?.Failure is { Length: > 0 } failure)
            return ("failed", [failure]);
        if (boot?.Ready is null)
        {
            return join is { State: not JoinPhase.Settled }
                ? ("waiting", [join.Sentence, .. contradictions.Where(c => c != join.Sentence)])
                : ("starting", boot is null ? ["the boot sequence has not run since the boot"] : [$"{boot.Steps.Count} steps done"]);
        }

        List<string> reasons =
        [
            .. boot.Degraded,
            .. contradictions,
            .. join is { State: JoinPhase.Waiting } ? [join.Sentence] : Array.Empty<string>(),
            .. facts.Naming.Address is null ? ["no majority of the Sentinels names a master"] : Array.Empty<string>(),
            .. facts.Named is { Reachable: true, Loading: false, IsMaster: false } named ? [$"the Sentinels name {named.Node}, which is not master"] : Array.Empty<string>(),
            .. facts.DataNodes.Where(n => !n.Reachable).Select(n => $"Redis of {n.Node} does not answer"),
            .. facts.DataNodes.Where(n => n.Loading).Select(n => $"Redis of {n.Node} is still reading its data"),
            .. facts.DataNodes.Where(n => n.Reachable && !n.Loading && !n.IsMaster && !n.Synced).Select(n => $"{n.Node} is not in sync"),
            .. facts.Sentinels.Where(s => !s.Reachable).Select(s => $"the Sentinel of {s.Node} does not answer"),
            .. facts.Sentinels.Where(s => s.Tilt).Select(s => $"the Sentinel of {s.Node} is in TILT: it abstains for 30 s"),
            .. units.Where(u => u.IsMasked).Select(u => $"{u.Name}: expected not masked, found masked; {Masked.WayOut(u.Name)}"),
            .. units.Where(u => !u.Running && !u.IsMasked).Select(u => $"{u.Name} is {u.State}"),
            .. facts.Naming.Address is not null && QuorumStatus.Of(facts) is { CanFailOver: false } quorum ? [$"no failover is possible: {quorum.Lacking}"] : Array.Empty<string>(),
        ];
        return (reasons.Count == 0 ? "ready" : "degraded", [.. reasons.Distinct()]);
    }

    private static NodeStatus Node(PlannedNode node, ClusterFacts facts)
    {
        var redis = facts.DataNodes.FirstOrDefault(n => n.Node == node.Name);
        var sentinel = facts.Sentinels.FirstOrDefault(s => s.Node == node.Name);
        var master = facts.DataNodes.FirstOrDefault(n => n.IsMaster);
        var role = redis is null ? Words.None
            : !redis.Reachable ? NodeStatus.NotAnswering
            : redis.Loading ? NodeStatus.Loading
            : redis.IsMaster ? "master"
            : "replica";
        var names = sentinel is null ? Words.None
            : !sentinel.Reachable ? NodeStatus.NotAnswering
            : sentinel.Names is { } named ? "names " + facts.NameOf(named.Address)
            : "names nobody";
        return new(
            node.Name,
            node.Address,
            role,
            role == "replica" && !redis!.Unattached ? facts.NameOf(redis.MasterAddress) : "",
            redis?.Synced == true,
            role == "replica" && redis!.LinkUp && master is not null ? Math.Max(0, master.Offset - redis.Offset) : -1,
            redis?.Priority ?? 0,
            names,
            sentinel?.Tilt == true);
    }

    private async Task<IReadOnlyList<AddressStatus>> AddressesAsync(CancellationToken ct)
    {
        var (mode, write, read, _) = _plan.Addresses;
        if (mode == AddressMode.None)
            return [];
        var holder = new AddressHolder(_plan, agent.Programs);
        List<AddressStatus> found = [];
        if (_plan.LacksWrite)
            found.Add(new("write", Words.None, mode.ToString().ToLowerInvariant(), ""));
        foreach (var (use, address) in new[] { ("write", write), ("read", read) }.Where(a => a.Item2 != Words.None))
            found.Add(new(use, address, mode.ToString().ToLowerInvariant(), await HolderAsync(holder, address, ct)));
        return found;
    }

    private static async Task<string> HolderAsync(AddressHolder holder, string address, CancellationToken ct)
    {
        try
        {
            return await holder.FindAsync(address, ct);
        }
        catch (MachineException)
        {
            return "";
        }
    }

    private async Task<bool?> LetsOutAsync(CancellationToken ct)
    {
        if (_plan.Egress.Via != _plan.Node)
            return null;
        try
        {
            return (await agent.Systemd.GetAsync(EgressProxy.Unit, ct)).IsActive;
        }
        catch (SystemdException)
        {
            // Said of the services.
            return null;
        }
    }

    private async Task<IReadOnlyList<UnitStatus>> UnitsAsync(CancellationToken ct)
    {
        List<UnitStatus> units = [];
        foreach (var name in NodeUnits.Of(_plan, agent.Layout).Append(UnitDropIns.JoinUnit).Append(NodeUnits.Agent))
        {
            try
            {
                var unit = await agent.Systemd.GetAsync(name, ct);
                // The join ends by itself once it is settled: it is shown where it could not begin.
                if (name == UnitDropIns.JoinUnit && !(unit.IsMasked && (_plan.Self.Has(NodeRole.Redis) || _plan.Self.Has(NodeRole.Sentinel))))
                    continue;
                units.Add(new(name, $"{unit.ActiveState} ({unit.SubState}){(unit.IsMasked ? ", masked" : "")}", unit.IsActive, unit.IsEnabled) { IsMasked = unit.IsMasked });
            }
            catch (SystemdException) when (name == UnitDropIns.JoinUnit)
            {
                // Said of the others.
            }
            catch (SystemdException e)
            {
                units.Add(new(name, "unknown", Running: false, Enabled: false) { Unknown = e.Message });
            }
        }

        return units;
    }
}
