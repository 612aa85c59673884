using RedisHaBake.Agent.Addresses;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// The verb <c>addresses</c>: the extra addresses of a living cluster, said once on any node. It is kept here and read off this node's connections by
/// the others, those that are away included once they are back. Where they float, they are really moved once.
/// </summary>
public static class AddressesCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Gives, changes or takes the extra addresses.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="write">The write address; none takes it away, null leaves it.</param>
    /// <param name="read">The read address, likewise.</param>
    /// <param name="output">Where to say it.</param>
    /// <param name="ct">Ends the waiting; what was said stays said.</param>
    /// <returns>0 when they serve, else 1.</returns>
    public static async Task<int> RunAsync(AgentContext agent, string? write, string? read, TextWriter output, CancellationToken ct)
    {
        var known = Membership.Read(agent.Root, agent.Pasted);
        var now = known.ExtraOver(agent.Pasted);
        var (w, r) = (write ?? now.Write, read ?? now.Read);
        if (LateCommand.Refusal(agent) is { } refusal)
            return await FailAsync(output, refusal);
        if (agent.Pasted.Addresses.Mode == AddressMode.None)
            return await FailAsync(output, $"no node of cluster {agent.Plan.Cluster} was made ready for them; expected a node with the role haproxy");
        if (ExtraAddressRules.Refusal(agent.Plan, w, r) is { } wrong)
            return await FailAsync(output, wrong);
        if (!IsReady(agent))
            return await FailAsync(output, $"keepalived, which moves them, is not installed here; expected {HostFactsFinder.Keepalived}; run `apt-get install keepalived` on every proxy");
        if (known.Extra is not null && w == now.Write && r == now.Read)
        {
            await output.WriteLineAsync($"nothing to change: write {w}, read {r}");
            return ExitCode.Good;
        }

        var neighbours = new Neighbours(agent.Programs);
        foreach (var address in new[] { w, r }.Where(a => a != Words.None && a != now.Write && a != now.Read))
        {
            if (await neighbours.RefusalAsync(address, ct) is { } taken)
                return await FailAsync(output, $"{taken}; expected an extra private address that no machine has; write the private IP that was acquired for it");
        }

        var said = new ExtraAddresses(w, r, LateCommand.Next(agent, now.Version));
        await LateCommand.KeepAsync(agent, m => m.Extra?.IsLaterThan(said) == true ? m : m with { Extra = said }, ct);
        agent.Journal.Say(Severity.Notice, $"a person gave the extra addresses: write {w}, read {r}", (Field.Node, agent.Plan.Node));
        await output.WriteLineAsync($"write {w}, read {r}: kept on {agent.Plan.Node}");
        await TellAsync(agent, said, output, ct);
        if (Overruled(agent, said) is { } before)
            return await OverruledAsync(output, before);
        var code = await ServeAsync(agent, said, output, ct);
        return Overruled(agent, said) is { } meanwhile ? await OverruledAsync(output, meanwhile) : code;
    }

    // Somebody else said something else, on another node, at the same time.
    private static ExtraAddresses? Overruled(AgentContext agent, ExtraAddresses said)
        => Membership.Read(agent.Root, agent.Pasted).Extra is { } extra && extra.IsLaterThan(said) ? extra : null;

    private static async Task<int> OverruledAsync(TextWriter output, ExtraAddresses later)
    {
        await output.WriteLineAsync($"another person's word counts, said on another node at the same time: write {later.Write}, read {later.Read}; if that is wrong, say yours again");
        return ExitCode.Failed;
    }

    private static bool IsReady(AgentContext agent)
        => agent.Pasted.Addresses.Mode != AddressMode.Floating || !agent.Plan.Self.Has(NodeRole.Haproxy) || agent.Root.Exists(HostFactsFinder.Keepalived);

    private static async Task<int> FailAsync(TextWriter output, string refusal)
    {
        await output.WriteLineAsync($"nothing was changed: {refusal}");
        return ExitCode.Failed;
    }

    private static async Task TellAsync(AgentContext agent, ExtraAddresses said, TextWriter output, CancellationToken ct)
    {
        List<string> Missing() => MeetingState.Read(agent.Root) is { } state
            ? [.. agent.Pasted.Nodes.Select(n => n.Name).Where(n => n != agent.Plan.Node && state.Extra.GetValueOrDefault(n) < said.Version)]
            : [.. agent.Pasted.Nodes.Select(n => n.Name)];
        await LateCommand.WaitAsync(agent, () => Missing().Count == 0, TimeSpan.FromSeconds(15), ct);
        var missing = Missing();
        await output.WriteLineAsync(missing.Count == 0
            ? "every node has it"
            : $"not yet on {string.Join(", ", missing)}, which learns it when it is back");
    }

    private static async Task<int> ServeAsync(AgentContext agent, ExtraAddresses said, TextWriter output, CancellationToken ct)
    {
        bool IsKept() => PlanFile.ReadLastGood(agent.Root) is { } kept && kept.Addresses.Write == said.Write && kept.Addresses.Read == said.Read;
        if (!await LateCommand.WaitAsync(agent, IsKept, Limit, ct))
        {
            await output.WriteLineAsync("this node does not serve by it yet; look at: redishabake-agent status");
            return ExitCode.Failed;
        }

        agent.TakeMembers();
        await agent.FindOwnAddressAsync(ct);
        await UntilTheServiceIsDoneAsync(agent, ct);
        if (!AddressTrial.IsPossible(agent.Plan))
        {
            if (KeepalivedConf.Runs(agent.Plan) || (agent.Plan.Addresses.Mode == AddressMode.Floating && (agent.Plan.Addresses.HasWrite || agent.Plan.Addresses.HasRead)))
                await output.WriteLineAsync($"whether they move is tried from a proxy: redishabake-agent verify --move-addresses, on {agent.Plan.ProxyNodes[0].Name}");
            return ExitCode.Good;
        }

        try
        {
            return await VerifyCommand.RunAsync(agent, moveAddresses: true, json: false, output, ct);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException or SystemdException or MachineException)
        {
            await output.WriteLineAsync($"whether they move could not be tried: {e.Message}; try again: redishabake-agent verify --move-addresses");
            return ExitCode.Failed;
        }
    }

    // Its boot sequence reloads HAProxy and keepalived; the trial does the same to keepalived.
    private static Task<bool> UntilTheServiceIsDoneAsync(AgentContext agent, CancellationToken ct)
        => LateCommand.WaitAsync(agent, () => BootReport.Read(agent.Root, BootReport.RunFile) is { Ready: not null }, Limit, ct);
}
