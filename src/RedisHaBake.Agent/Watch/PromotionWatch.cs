using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Listens to the own Sentinel: when it leads a failover and has chosen a replica, that one is promoted at once, and the other replicas
/// are re-pointed the moment it is master, up to 0.9 s before Sentinel would.
/// </summary>
internal sealed class PromotionWatch(AgentContext agent)
{
    private const string Event = "+selected-slave";
    private readonly Promotion _promotion = new(agent);
    private readonly ClusterObserver _observer = new(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);

    public async Task RunAsync(CancellationToken ct)
    {
        var endpoints = new ClusterEndpoints(agent.Plan);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var sentinel = await RespClient.ConnectAsync(endpoints.Sentinel(agent.Plan.Self), endpoints.Timeout, ct);
                (await sentinel.CallAsync(["SUBSCRIBE", Event], ct)).OrThrow();
                while (true)
                {
                    if ((await sentinel.ReceiveAsync(ct)).Items is [{ Text: "message" }, _, var text])
                        await RepointAsync(text.Text, ct);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is RespUnreachableException or RespException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), agent.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // "slave 10.10.90.227:6379 10.10.90.227 6379 @ tutorial 10.10.90.37 6379" (Sentinel's documentation, "Pub/Sub messages").
    private async Task RepointAsync(string message, CancellationToken ct)
    {
        var words = message.Split(' ');
        var at = Array.IndexOf(words, "@");
        if (at < 3 || words.Length <= at + 2 || words[at + 1] != agent.Plan.MasterName)
            return;
        // The chosen one and no other that says role:master: a former master that hung may be back at this moment.
        if (agent.Plan.DataNodes.FirstOrDefault(n => n.Address == words[at + 2]) is not { } former
            || agent.Plan.DataNodes.FirstOrDefault(n => n.Address == words[2]) is not { } heir)
            return;
        if (await IsUnderWayAsync(former, ct))
            await _promotion.PromoteAsync(heir, ct);
        if (await _promotion.RepointAsync(former.Name, heir, TimeSpan.FromSeconds(5), ct) is { } master)
        {
            agent.Journal.Say(
                Severity.Notice,
                $"{master.Name} was promoted in place of {former.Name}; the other replicas follow it",
                (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node), (Field.Peer, master.Name));
        }
    }

    // A message may be old: this process may have been stopped since, and the failover given up or long done.
    private async Task<bool> IsUnderWayAsync(PlannedNode former, CancellationToken ct)
        => (await _observer.LookAtSentinelAsync(agent.Plan.Self, ct)).Names is { FailoverInProgress: true } names && names.Address == former.Address;
}
