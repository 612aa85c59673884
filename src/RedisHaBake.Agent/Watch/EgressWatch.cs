using System.Net.Sockets;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// On the node through which the others install: stops its proxy once each of them runs what it installed, and starts it again where one is silent
/// for long, which may be a VM that is created anew. A node has installed everything when its Redis or Sentinel answers the agent's own user, or
/// its HAProxy answers where it has no other role: the package of the agent, which alone starts these, is the last that it installs.
/// </summary>
/// <remarks>
/// It acts when that changes and not between: a person may start the unit, to let the others' apt out, and stop it. What it opens itself it enables,
/// so that one that is active and not enabled is a person's, after a restart of the agent too, and stays open.
/// </remarks>
public sealed class EgressWatch(AgentContext agent)
{
    /// <summary>How long a node may be silent before it may be one that installs: longer than a reboot of most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private readonly Dictionary<string, long> _answered = [];
    private readonly long _start = agent.Clock.GetTimestamp();
    private bool? _isOpen;
    private string _said = "";

    /// <summary>Watches until stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        for (; ; await Task.Delay(Period, agent.Clock, ct))
        {
            try
            {
                await LookAsync(ct);
                _said = "";
            }
            catch (SystemdException e)
            {
                if (e.Message != _said)
                    agent.Journal.Say(Severity.Warning, e.Message, (Field.Node, _plan.Node));
                _said = e.Message;
            }
        }
    }

    /// <summary>One look at every other node.</summary>
    /// <exception cref="SystemdException">The proxy's unit does not start or stop.</exception>
    public async Task LookAsync(CancellationToken ct)
    {
        var others = _plan.Nodes.Where(n => n.Name != _plan.Node).ToList();
        var answers = await Task.WhenAll(others.Select(n => AnswersAsync(n, ct)));
        var silent = others.Where((_, i) => !answers[i]).Select(n => n.Name).ToList();
        foreach (var node in others.Select(n => n.Name).Except(silent))
            _answered[node] = agent.Clock.GetTimestamp();
        _isOpen ??= await agent.Systemd.GetAsync(EgressProxy.Unit, ct) is { IsActive: true, IsEnabled: true };
        var gone = silent.Where(n => agent.Clock.GetElapsedTime(_answered.GetValueOrDefault(n, _start)) >= Patience).ToList();
        if (silent.Count == 0 && _isOpen == true)
            await CloseAsync(ct);
        else if (gone.Count > 0 && _isOpen == false && !(await agent.Systemd.GetAsync(EgressProxy.Unit, ct)).IsActive)
            await OpenAsync(gone, ct);
    }

    private async Task CloseAsync(CancellationToken ct)
    {
        await agent.Systemd.StopAsync(EgressProxy.Unit, ct);
        await agent.Systemd.DisableAsync([EgressProxy.Unit], ct);
        _isOpen = false;
        Say($"every other node has installed what it needs: the way out through this node is closed ({EgressProxy.Unit})");
    }

    private async Task OpenAsync(List<string> gone, CancellationToken ct)
    {
        // Enabled: a reboot of this node in between shall not leave the other waiting.
        await agent.Systemd.EnableAsync([EgressProxy.Unit], ct);
        await agent.Systemd.StartAsync(EgressProxy.Unit, ct);
        _isOpen = true;
        Say($"{string.Join(" and ", gone)} did not answer for {Patience.TotalSeconds:0} s and may be created anew: the way out through this node is open ({EgressProxy.Unit})");
    }

    private void Say(string sentence) => agent.Journal.Say(Severity.Notice, sentence, (Field.Cluster, _plan.Cluster), (Field.Node, _plan.Node));

    private async Task<bool> AnswersAsync(PlannedNode node, CancellationToken ct)
    {
        if (node.Address == Words.Auto)
            return false;
        if (node.IsOnlyProxy)
            return await ConnectsAsync(node, ct);
        return (node.Has(NodeRole.Sentinel) && (await _observer.LookAtSentinelAsync(node, ct)).Reachable)
            || (node.Has(NodeRole.Redis) && (await _observer.LookAtRedisAsync(node, ct)).Reachable);
    }

    private async Task<bool> ConnectsAsync(PlannedNode node, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Parse(node.Address), _plan.Ports.Write, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }
}
