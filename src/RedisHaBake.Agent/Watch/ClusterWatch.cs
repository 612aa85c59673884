using Microsoft.Extensions.Hosting;
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
        var watches = new List<Task>();
        if (agent.Plan.Self.Has(NodeRole.Redis))
        {
            watches.Add(new RoleWatch(agent).RunAsync(stoppingToken));
            watches.Add(new MasterlessWatch(agent).RunAsync(stoppingToken));
        }

        if (agent.Plan.Self.Has(NodeRole.Sentinel))
            watches.Add(new PromotionWatch(agent).RunAsync(stoppingToken));
        await Task.WhenAll(watches);
    }
}
