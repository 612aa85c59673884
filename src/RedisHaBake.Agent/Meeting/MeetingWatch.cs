using Microsoft.Extensions.Hosting;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Agent.Watch;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// Meets the other nodes for as long as the agent runs: is seen, sees, keeps what it learns, and has the machine made anew what the plan says then.
/// The cluster does not depend on it; without it nothing new is learned.
/// </summary>
public sealed class MeetingWatch(AgentContext agent) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);
    private readonly NodePlan _pasted = agent.Pasted;
    private IReadOnlyList<string> _problems = [];
    private string _state = "";
    private bool _stopped;
    private string? _own;

    /// <summary>The boot sequence's, while it runs: called when what was learned makes another plan. Without it this process becomes one.</summary>
    public Action? Learned { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_pasted.IsLate)
            return;
        using var places = new MeetingPlaces(_pasted);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(await LookAsync(places, stoppingToken) ? Later : Soon, agent.Clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is MachineException or SystemdException or IOException or UnauthorizedAccessException)
            {
                agent.Journal.Say(Severity.Error, $"the meeting with the other nodes: {e.Message}", (Field.Node, _pasted.Node));
                await Task.Delay(Later, agent.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Whether everything is known, so that the next look may come later.</summary>
    private async Task<bool> LookAsync(MeetingPlaces places, CancellationToken ct)
    {
        if (await OwnAsync(ct) is not { } own)
            return false;
        var known = Membership.Read(agent.Root, _pasted);
        var seen = await places.LookAsync(known, own, Card(known, own), ct);

        // Read again: a person's word may have come in between.
        known = Membership.Read(agent.Root, _pasted);
        var outcome = new MeetingDecision(_pasted, own).Decide(known, seen);
        if (!outcome.Membership.Says(known))
        {
            outcome.Membership.Write(agent.Root);
            SayLearned(known, outcome.Membership);
        }

        var waiting = MeetingWords.Waiting(_pasted, own, outcome, seen, places.Silent);
        Keep(new(
            waiting,
            outcome.Problems,
            outcome.Claims,
            seen.Where(s => s.Card.Node != _pasted.Node).GroupBy(s => s.Card.Node).ToDictionary(g => g.Key, g => Where(outcome.Membership, g)),
            seen.GroupBy(s => s.Card.Node).ToDictionary(g => g.Key, g => g.Max(s => s.Card.Extra.Version))));
        SayProblems(outcome.Problems);
        if (outcome.IsReplaced)
            await StopEverythingAsync(waiting, ct);
        else if (Learned is { } learned && agent.HasLearned(outcome.Membership))
            learned();
        else if (Learned is null && !Works(outcome.Membership, own))
            BecomeTheBootSequence();
        return waiting.Length == 0 && _pasted.Nodes.All(n => n.Name == _pasted.Node || n.Address != Words.Auto || outcome.Membership.AddressOf(n.Name) is not null);
    }

    // Of a machine and its twin, the one that is known: its being here is what a person's word is judged by.
    private static string Where(Membership known, IGrouping<string, Sighting> sightings)
        => sightings.FirstOrDefault(s => s.Address == known.AddressOf(sightings.Key), sightings.First()).Address;

    // Once: a program started every second would cost more than all else here.
    private async Task<string?> OwnAsync(CancellationToken ct)
    {
        try
        {
            return _own ??= IpAddresses.Own(_pasted, await new IpAddresses(agent.Programs).ListAsync(ct), Membership.Read(agent.Root, _pasted)).Address;
        }
        catch (MachineException)
        {
            // The boot sequence says it.
            return null;
        }
    }

    private CallingCard Card(Membership known, string own)
    {
        var self = known.Nodes.GetValueOrDefault(_pasted.Node);
        return new(
            _pasted.Node,
            self is { Version: > 0 } && self.Address != own && self.Address != Words.Auto ? CallingCard.Replaced : known.Accepted != own ? CallingCard.Alone : Works(known, own) ? CallingCard.Met : CallingCard.Busy,
            known.Nodes,
            known.ExtraOver(_pasted));
    }

    private bool Works(Membership known, string own)
    {
        var plan = known.Over(_pasted);
        return PlanFile.IsKept(agent.Root, plan with { Nodes = [.. plan.Nodes.Select(n => n.Name == plan.Node ? n with { Address = own } : n)] });
    }

    private void SayLearned(Membership before, Membership after)
    {
        foreach (var (name, member) in after.Nodes.Where(n => n.Key != _pasted.Node && before.Nodes.GetValueOrDefault(n.Key)?.Address != n.Value.Address))
        {
            agent.Journal.Say(
                Severity.Notice,
                member.Address == Words.Auto ? $"{name} is forgotten at {before.AddressOf(name)} by a person's word; its new address is learned when it comes" : $"{name} is at {member.Address}",
                (Field.Node, _pasted.Node), (Field.Peer, name));
        }

        if (after.Accepted != before.Accepted && after.Accepted.Length > 0)
            agent.Journal.Say(Severity.Notice, $"the others know {_pasted.Node} at {after.Accepted}", (Field.Node, _pasted.Node));
        if (after.ExtraOver(_pasted) is var extra && extra != before.ExtraOver(_pasted))
            agent.Journal.Say(Severity.Notice, $"the write address is {extra.Write}, the read address {extra.Read}", (Field.Node, _pasted.Node));
    }

    private void SayProblems(IReadOnlyList<string> problems)
    {
        foreach (var problem in problems.Except(_problems))
        {
            agent.Journal.Say(Severity.Warning, problem, (Field.Node, _pasted.Node));
            new NoticeBoard(agent).PutFailure(problem);
        }

        if (problems.Count == 0 && _problems.Count > 0)
        {
            agent.Journal.Say(Severity.Notice, "the other nodes agree again on who is where", (Field.Node, _pasted.Node));
            new NoticeBoard(agent).Clear();
        }

        _problems = problems;
    }

    private void Keep(MeetingState state)
    {
        var text = state.ToJson();
        if (text == _state && agent.Root.Exists(MeetingState.File))
            return;
        agent.Root.Write(MeetingState.File, text);
        _state = text;
    }

    // The other machine has this node's name, its Sentinel's id and its addresses.
    private async Task StopEverythingAsync(string sentence, CancellationToken ct)
    {
        if (_stopped)
            return;
        agent.Journal.Say(Severity.Error, sentence, (Field.Node, _pasted.Node));
        new NoticeBoard(agent).PutFailure(sentence);
        foreach (var unit in NodeUnits.Of(agent.Plan, agent.Layout).Reverse())
            await agent.Systemd.StopAsync(unit, ct);
        _stopped = true;
    }

    // Not the mark alone, by which a watch goes on that was killed: what was learned makes another machine of this one.
    private void BecomeTheBootSequence()
    {
        agent.Journal.Say(Severity.Info, "making this machine what the plan says now", (Field.Node, _pasted.Node));
        new WatchMark(agent).Remove();
        LibC.Execute(Environment.ProcessPath ?? "/proc/self/exe", "redishabake-agent", "run");
    }
}
