using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent;

/// <summary>The verb <c>run</c>: the boot sequence, then the watch, as a systemd service.</summary>
public static class AgentService
{
    /// <summary>Runs until systemd stops it.</summary>
    public static async Task<int> RunAsync(AgentContext agent)
    {
        // No defaults: no configuration files, no environment, no console log. The journal is ours. Empty rather than
        // DisableDefaults: so the trimmer sees that they are never used.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(agent);
        builder.Services.AddSingleton<ClusterWatch>();
        builder.Services.AddHostedService<BootService>();
        using var host = builder.Build();
        await host.RunAsync();
        return ExitCode.Good;
    }
}
