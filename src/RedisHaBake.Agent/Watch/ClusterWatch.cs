using Microsoft.Extensions.Hosting;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// What the agent does after the boot sequence, for as long as it runs. The cluster never depends on it: without it, hooks, join, Redis,
/// Sentinel, HAProxy and keepalived go on.
/// </summary>
public sealed class ClusterWatch(AgentContext agent) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watches = new List<Task> { KeepAsync(new JoinWatch(agent).RunAsync, stoppingToken) };
        if (agent.Plan.Self.Has(NodeRole.Redis))
        {
            watches.Add(KeepAsync(new RoleWatch(agent).RunAsync, stoppingToken));
            watches.Add(KeepAsync(new MasterlessWatch(agent).RunAsync, stoppingToken));
            watches.Add(KeepAsync(new EndWatch(agent).RunAsync, stoppingToken));
        }

        if (agent.Plan.Self.Has(NodeRole.Sentinel))
        {
            watches.Add(KeepAsync(new PromotionWatch(agent).RunAsync, stoppingToken));
            if (agent.Plan.IsLate)
                watches.Add(KeepAsync(new StaleSentinelEntries(agent).RunAsync, stoppingToken));
        }

        if (agent.Plan.Egress.Via == agent.Plan.Node)
            watches.Add(KeepAsync(new EgressWatch(agent).RunAsync, stoppingToken));
        await Task.WhenAll(watches);
    }

    /// <summary>No watch may die unnoticed, whatever surprised it: it is said and the watch goes on.</summary>
    private async Task KeepAsync(Func<CancellationToken, Task> watch, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await watch(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                agent.Journal.Say(Severity.Error, $"a watch of this node stopped ({e.GetType().Name}: {e.Message}); it is started again", (Field.Node, agent.Plan.Node));
                await Task.Delay(TimeSpan.FromSeconds(1), agent.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
