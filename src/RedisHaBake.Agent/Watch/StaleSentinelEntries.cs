using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Sentinel never forgets a replica or a Sentinel by itself. Where one at an address that no node has any more stays listed as down, this node's
/// Sentinel is reset, which makes it look anew; one node after the other, and only in a cluster that is well, since for a second it knows nobody.
/// </summary>
public sealed class StaleSentinelEntries(AgentContext agent)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(6);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
    private long? _since;

    /// <summary>Watches until stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        // By the spec's order: the first after one time apart, the next after two.
        var patience = Apart * (1 + _plan.SentinelNodes.TakeWhile(n => n.Name != _plan.Node).Count());
        while (true)
        {
            await Task.Delay(Period, agent.Clock, ct);
            try
            {
                var stale = await StaleAsync(ct);
                var facts = stale.Count == 0 ? null : await _observer.ObserveAsync(ct);
                if (facts is null || !IsWell(facts) || await IsListedAsync(facts.Named!, stale, ct))
                    _since = null;
                else if (agent.Clock.GetElapsedTime(_since ??= agent.Clock.GetTimestamp()) > patience)
                    await ResetAsync(stale, ct);
            }
            catch (Exception e) when (e is RespUnreachableException or RespException)
            {
                _since = null;
            }
        }
    }

    private bool IsWell(ClusterFacts facts)
        => facts.Named is { IsMaster: true } && !facts.SentinelsAct && facts.Sentinels.All(s => s is { Reachable: true, Tilt: false, Names: not null } || _plan.Nodes.First(n => n.Name == s.Node).Address == Words.Auto);

    private async Task<List<string>> StaleAsync(CancellationToken ct)
    {
        // While an address is unknown it may be any.
        if (_plan.Nodes.Any(n => n.Address == Words.Auto))
            return [];
        await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(_plan.Self), _endpoints.Timeout, ct);
        var replies = await sentinel.CallAllAsync([["SENTINEL", "REPLICAS", _plan.MasterName], ["SENTINEL", "SENTINELS", _plan.MasterName]], ct);
        return
        [
            .. replies.Where(r => !r.IsError).SelectMany(r => r.Items).Select(r => r.AsPairs())
                .Where(e => e.GetValueOrDefault("flags", "").Split(',').Any(f => f is "s_down" or "disconnected"))
                .Select(e => e.GetValueOrDefault("ip", ""))
                .Where(ip => _plan.Nodes.All(n => n.Address != ip)).Distinct(),
        ];
    }

    // A master lists a replica that lost power for another minute (repl-timeout), and a Sentinel would learn it again from there.
    private async Task<bool> IsListedAsync(DataNodeView master, List<string> stale, CancellationToken ct)
    {
        await using var redis = await RespClient.ConnectAsync(_endpoints.At(master.Address, _plan.Ports.Redis), _endpoints.Timeout, ct);
        var info = (await redis.CallAsync(["INFO", "replication"], ct)).OrThrow().Text;
        return stale.Exists(address => info.Contains($"ip={address},", StringComparison.Ordinal));
    }

    private async Task ResetAsync(List<string> stale, CancellationToken ct)
    {
        _since = null;
        await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(_plan.Self), _endpoints.Timeout, ct);
        (await sentinel.CallAsync(["SENTINEL", "RESET", _plan.MasterName], ct)).OrThrow();
        agent.Journal.Say(Severity.Notice, $"the Sentinel here forgets {string.Join(" and ", stale)}, where no node is any more", (Field.Node, _plan.Node));
    }
}
