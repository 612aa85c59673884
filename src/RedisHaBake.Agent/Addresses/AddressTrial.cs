using System.Net.Sockets;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Addresses;

/// <summary>
/// Really moves the floating addresses once: this node takes them, gives them up, and they must serve through another proxy and stay
/// there. A provider may tie an address to one VM's network card, or filter VRRP, and no configuration shows it.
/// </summary>
public sealed class AddressTrial(AgentContext agent)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // keepalived's first look at its proxy, before which it claims nothing.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1.5);

    private readonly NodePlan _plan = agent.Plan;
    private readonly IpAddresses _addresses = new(agent.Programs);
    private readonly ManagedFileSet _files = new(agent.Root);
    private readonly EndToEnd _endToEnd = new(agent);

    /// <summary>Whether this node can try: it is a proxy, and not the only one, of a cluster whose addresses float.</summary>
    public static bool IsPossible(NodePlan plan) => KeepalivedConf.Runs(plan) && plan.ProxyNodes.Count > 1;

    private IReadOnlyList<string> Floating => [.. new[] { _plan.Addresses.Write, _plan.Addresses.Read }.Where(a => a != Words.None).Distinct()];

    private IReadOnlyList<PlannedNode> Others => [.. _plan.ProxyNodes.Where(p => p.Name != _plan.Node && p.Address != Words.Auto)];

    private string Them => string.Join(" and ", Floating);

    /// <summary>Moves them; keepalived runs by its own configuration when this ends.</summary>
    /// <param name="master">Address of the master.</param>
    /// <param name="ct">Interrupts it; the boot sequence puts right what was changed.</param>
    /// <returns>What is wrong with the addresses and what to choose instead; null where they moved.</returns>
    public async Task<string?> RunAsync(string master, CancellationToken ct)
    {
        var start = agent.Clock.GetTimestamp();
        if (!await IsAnotherThereAsync(ct))
            return $"nobody knows whether {Them} can move: none of the other proxies ({string.Join(", ", Others.Select(p => p.Name))}) answers; start one, then run `redishabake-agent verify --move-addresses` here";
        if (!await HoldsAllAsync(ct) && !await TakeAsync(ct))
            return $"{_plan.Node} could not take {Them} over from the proxy that has it: expected keepalived to within {Limit.TotalSeconds:0} s; see `journalctl -u {UnitDropIns.KeepalivedUnit} -n 50`";
        string? broken;
        await agent.Systemd.StopAsync(UnitDropIns.KeepalivedUnit, ct);
        try
        {
            broken = await ServesElsewhereAsync(master, ct);
        }
        finally
        {
            await agent.Systemd.StartAsync(UnitDropIns.KeepalivedUnit, CancellationToken.None);
        }

        if (broken is not null)
            return $"{Them} did not move: {_plan.Node} gave it up, and another proxy did not serve by it ({broken}); a provider may tie an address to one VM: {Instead("allow it on the network card of every proxy")}";
        // With nopreempt it stays where it is, unless this keepalived does not hear the other's.
        await Task.Delay(FirstLook + TimeSpan.FromMilliseconds(4 * _plan.Failover.AdvertMs), agent.Clock, ct);
        if (await HoldsAnyAsync(ct))
            return $"two proxies hold {Them} at a time: {_plan.Node} took it again while another served by it, so VRRP (IP protocol 112) does not get through between them: {Instead("allow that protocol between the proxies")}";
        agent.Journal.Say(Severity.Notice, $"{Them} moved to another proxy and served there: tried once, {agent.Clock.GetElapsedTime(start).TotalSeconds:0.0}s");
        return null;
    }

    private static string Instead(string repair)
        => repair + ", then run `redishabake-agent verify --move-addresses`; or choose `mode: pinned` under the spec's addresses, or none, where clients list the nodes' own addresses";

    // A keepalived that yields to nobody: by this node's configuration, but for two lines, until it has them.
    private async Task<bool> TakeAsync(CancellationToken ct)
    {
        try
        {
            _files.Write(KeepalivedConf.TakingOver(_plan, agent.Host));
            await agent.Systemd.ReloadOrRestartAsync(UnitDropIns.KeepalivedUnit, ct);
            var since = agent.Clock.GetTimestamp();
            while (!await HoldsAllAsync(ct))
            {
                if (agent.Clock.GetElapsedTime(since) > Limit)
                {
                    await agent.Systemd.StopAsync(UnitDropIns.KeepalivedUnit, ct);
                    return false;
                }

                await Task.Delay(Pause, agent.Clock, ct);
            }

            return true;
        }
        finally
        {
            _files.Write(KeepalivedConf.File(_plan, agent.Host));
            await agent.Systemd.StartAsync(UnitDropIns.KeepalivedUnit, CancellationToken.None);
        }
    }

    private async Task<bool> IsAnotherThereAsync(CancellationToken ct)
    {
        for (var start = agent.Clock.GetTimestamp(); agent.Clock.GetElapsedTime(start) < Limit; await Task.Delay(Pause, agent.Clock, ct))
        {
            if ((await Task.WhenAll(Others.Select(p => AnswersAsync(p.Address, ct)))).Any(a => a))
                return true;
        }

        return false;
    }

    private async Task<bool> AnswersAsync(string address, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Answer);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address, _plan.Ports.Write, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<string?> ServesElsewhereAsync(string master, CancellationToken ct)
    {
        if (await HoldsAnyAsync(ct))
            return $"it is still on {agent.Host.Interface} here, although keepalived ended";
        try
        {
            await _endToEnd.RunAsync(master, Limit, ct);
            return null;
        }
        catch (MachineException e)
        {
            return e.Message.Split(';')[0];
        }
    }

    private async Task<bool> HoldsAllAsync(CancellationToken ct) => await HeldAsync(ct) == Floating.Count;

    private async Task<bool> HoldsAnyAsync(CancellationToken ct) => await HeldAsync(ct) > 0;

    private async Task<int> HeldAsync(CancellationToken ct)
    {
        var held = await _addresses.ListAsync(ct);
        return Floating.Count(f => held.Any(h => h.Address == f));
    }
}
