using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent;

/// <summary>The verbs <c>run</c> and <c>watch</c>: the boot sequence, then the watch, as a systemd service.</summary>
public static class AgentService
{
    /// <summary>Makes the machine what its plan says, then watches, until systemd stops it.</summary>
    public static Task<int> RunAsync(AgentContext agent) => RunAsync(agent, services => services.AddSingleton<ClusterWatch>().AddHostedService<BootService>());

    /// <summary>
    /// The second half alone: what the service's process becomes after the boot sequence, whose traces (OpenSSL, compiled code, a larger
    /// heap) would keep it above its 40 MB for ever.
    /// </summary>
    public static Task<int> WatchAsync(AgentContext agent) => RunAsync(agent, services => services.AddHostedService<ClusterWatch>());

    private static async Task<int> RunAsync(AgentContext agent, Action<IServiceCollection> add)
    {
        // No defaults: no configuration files, no environment, no console log. The journal is ours. Empty rather than
        // DisableDefaults: so the trimmer sees that they are never used.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(agent);
        add(builder.Services);
        using var host = builder.Build();
        await host.RunAsync();
        return ExitCode.Good;
    }
}
