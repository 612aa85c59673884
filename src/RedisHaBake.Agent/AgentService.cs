using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent;

/// <summary>The verbs <c>run</c> and <c>watch</c>: the boot sequence, then the watch, as a systemd service.</summary>
public static class AgentService
{
    /// <summary>Makes the machine what its plan says, then watches, until systemd stops it. After a watch that was killed it only watches.</summary>
    public static async Task<int> RunAsync(AgentContext agent)
    {
        var mark = new WatchMark(agent);
        if (agent.PlanProblem.Length == 0 && !await mark.IsLeftAsync())
        {
            mark.Remove();
            return await RunAsync(agent, services => services.AddSingleton<ClusterWatch>().AddHostedService<BootService>());
        }

        agent.Journal.Say(
            Severity.Warning, $"the agent's service on {agent.Plan.Node} ended without being stopped; it goes on watching", (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node));
        if (agent.PlanProblem.Length > 0)
            new NoticeBoard(agent).PutFailure($"{agent.PlanProblem}; it goes on watching by {PlanFile.LastGood}");
        return await WatchAsync(agent);
    }

    /// <summary>
    /// The second half alone: what the service's process becomes after the boot sequence, whose traces (OpenSSL, a larger heap) it would
    /// carry for ever.
    /// </summary>
    public static async Task<int> WatchAsync(AgentContext agent)
    {
        var mark = new WatchMark(agent);
        mark.Put();
        var code = await RunAsync(agent, services => services.AddHostedService<ClusterWatch>());
        mark.Remove();
        return code;
    }

    private static async Task<int> RunAsync(AgentContext agent, Action<IServiceCollection> add)
    {
        // No defaults: no configuration files, no environment, no console log. The journal is ours. Empty rather than
        // DisableDefaults: so the trimmer sees that they are never used.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(agent);
        builder.Services.AddSingleton<MeetingWatch>();
        add(builder.Services);
        builder.Services.AddHostedService(services => services.GetRequiredService<MeetingWatch>());
        using var host = builder.Build();
        await host.RunAsync();
        return ExitCode.Good;
    }
}
