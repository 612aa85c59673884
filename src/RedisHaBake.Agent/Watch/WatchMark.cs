using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Says that the watch of this boot runs. Left behind by a process that was killed, it makes the next one go on watching at once instead of
/// going through the steps again: those would take seconds, and would start what an operator has stopped meanwhile. Whoever begins the steps
/// takes it away first, so that they are never half done where it stands.
/// </summary>
public sealed class WatchMark(AgentContext agent)
{
    /// <summary>The file; gone with the boot. It holds the agent's version.</summary>
    public const string File = "/run/redishabake/watching";

    /// <summary>
    /// Whether a watch of this boot, by this version of the agent, ended without being stopped, systemd has started the service again by
    /// itself, and this machine was made from the plan as it is now, or the plan cannot be used. A person's restart wants the steps, even in
    /// the moment before systemd would have done it.
    /// </summary>
    public async Task<bool> IsLeftAsync(CancellationToken ct = default) => agent.Root.Exists(BootReport.ReadyFile)
        && agent.Root.Read(File) == BootStory.Version
        && (agent.PlanProblem.Length > 0 || PlanFile.IsKept(agent.Root, agent.Plan))
        && await WasStartedBySystemdAsync(ct);

    /// <summary>Whether there is one at all, of whatever plan.</summary>
    public static bool IsThere(MachineRoot root) => root.Exists(File);

    /// <summary>Puts it there.</summary>
    public void Put() => agent.Root.Write(File, BootStory.Version);

    private async Task<bool> WasStartedBySystemdAsync(CancellationToken ct)
    {
        try
        {
            return (await agent.Systemd.GetAsync(NodeUnits.Agent, ct)).Restarts > 0;
        }
        catch (SystemdException)
        {
            // Without a bus the steps could do nothing, and the watch can.
            return true;
        }
    }

    /// <summary>Takes it away: whoever starts the service next wants the steps.</summary>
    public void Remove() => agent.Root.Delete(File);
}
