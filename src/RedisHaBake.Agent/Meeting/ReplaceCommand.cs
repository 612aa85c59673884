using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// The verb <c>replace NODE</c>: a person's word that a VM died and was created anew (or will be), with another address. Nothing else may give it:
/// two machines with one text would both be right.
/// </summary>
public static class ReplaceCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Checks, keeps the word, and waits until the new machine is known.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="node">The node that was created anew.</param>
    /// <param name="output">Where to say it.</param>
    /// <param name="ct">Ends the waiting; the word stays.</param>
    /// <returns>0 when the word is kept, else 1.</returns>
    public static async Task<int> RunAsync(AgentContext agent, string node, TextWriter output, CancellationToken ct)
    {
        if (LateCommand.Refusal(agent) is { } cannot)
            return await FailAsync(output, cannot);
        var facts = await new ClusterObserver(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock, Patience).ObserveAsync(ct);
        var state = MeetingState.Read(agent.Root)!;
        if (Refusal(agent.Pasted, facts, state, node) is { } refusal)
            return await FailAsync(output, refusal);
        var planned = agent.Plan.Nodes.First(n => n.Name == node);
        if (await AnswersAsync(agent.Plan, planned, ct) is { } where)
            return await FailAsync(output, $"{node} answers at {where}; expected the machine at {planned.Address} to be gone: delete that VM, or leave it as it is");

        var address = state.Claims.GetValueOrDefault(node) is [var claim] ? claim : Words.Auto;
        var version = LateCommand.Next(agent, Membership.Read(agent.Root, agent.Pasted).Nodes.GetValueOrDefault(node)?.Version ?? 0);
        await LateCommand.KeepAsync(agent, m => m.Nodes.GetValueOrDefault(node)?.Version >= version ? m : m.With(node, new(address, version)), ct);
        agent.Journal.Say(
            Severity.Warning, $"a person said that {node} was created anew: {planned.Address} is forgotten{(address == Words.Auto ? "" : $", it is at {address}")}", (Field.Node, agent.Plan.Node), (Field.Peer, node));
        if (address == Words.Auto)
        {
            await output.WriteLineAsync($"{node} is forgotten at {planned.Address}; the machine that comes with its text is taken for it (its text names a living VM: redishabake generate --known {agent.Plan.Node}={agent.Plan.Self.Address})");
            return ExitCode.Good;
        }

        var isHere = await LateCommand.WaitAsync(
            agent, () => MeetingState.Read(agent.Root) is { } now && !now.Claims.ContainsKey(node) && now.Seen.GetValueOrDefault(node) == address, Limit, ct);
        await output.WriteLineAsync(isHere
            ? $"{node} is at {address} from now on ({planned.Address} is forgotten); it joins by itself: redishabake-agent status"
            : $"{node} is at {address} from now on ({planned.Address} is forgotten), but its agent is not connected now; look there: redishabake-agent status");
        return ExitCode.Good;
    }

    /// <summary>Why it must not be done, or null.</summary>
    public static string? Refusal(NodePlan pasted, ClusterFacts facts, MeetingState state, string node)
    {
        var plan = facts.Plan;
        if (plan.Nodes.FirstOrDefault(n => n.Name == node) is not { } planned)
            return $"{node} is no node of cluster {plan.Cluster}; expected one of {string.Join(", ", plan.Nodes.Select(n => n.Name))}";
        if (node == plan.Node)
            return $"{node} is this node, and it is here";
        if (pasted.Nodes.First(n => n.Name == node).Address != Words.Auto)
            return $"the address of {node} stands in the spec; expected `address: auto`; create it with {planned.Address}, or change the spec and generate again";
        if (planned.Address == Words.Auto)
            return $"no address of {node} is known; the first machine that comes with its text is taken for it";
        if (!facts.Naming.HasMajority)
            return $"only {facts.Naming.Answering} of {facts.Sentinels.Count} Sentinels answer, {facts.Naming.Majority} are needed: this node may be the one that is cut off";
        if (state.Seen.GetValueOrDefault(node) == planned.Address)
            return $"{node} is here: its agent at {planned.Address} is connected; expected that machine to be gone: delete that VM, or leave it as it is";
        if (facts.Naming.Address == planned.Address)
            return $"the Sentinels still name {node} as master; wait for the failover and say it again; if there is none: redishabake-agent status says what to do";
        if (facts.Sentinels.FirstOrDefault(s => s.Replicas.Any(r => r.Address == planned.Address && !r.Down)) is { } sees)
            return $"the Sentinel of {sees.Node} reaches {node} at {planned.Address}; expected that machine to be gone; if it just went, wait {plan.Failover.DownAfterMs / 1000 + 1} s";
        return state.Claims.GetValueOrDefault(node) is { Count: > 1 } claims
            ? $"several machines say that they are {node}, at {string.Join(" and ", claims)}; expected one; delete those that are not wanted"
            : null;
    }

    private static async Task<int> FailAsync(TextWriter output, string refusal)
    {
        await output.WriteLineAsync($"nothing was changed: {refusal}");
        return ExitCode.Failed;
    }

    // As the user whose password opens nothing else: the portal may have given the address to a stranger since.
    private static async Task<RespEndpoint?> AnswersAsync(NodePlan plan, PlannedNode node, CancellationToken ct)
    {
        if (!MeetingPlace.IsAt(node))
            return null;
        var at = new RespEndpoint(node.Address, MeetingPlace.Port(plan, node), InternalUsers.Meeting, MeetingPlace.Password(plan));
        try
        {
            await using var server = await RespClient.ConnectAsync(at, Patience, ct);
            return at;
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            // Nobody there, or nobody of ours.
            return null;
        }
    }
}
