using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>Says that this node is ready, and how the last run that found it so went: once for this boot, once to outlive it.</summary>
public sealed class ReadyStamp(AgentContext agent)
{
    /// <summary>Writes the one that lasts, without which a reboot would take the node for one that was never ready.</summary>
    public void WriteDurable(BootStory story)
    {
        var report = story.Report(ready: agent.Clock.GetUtcNow());
        // A run that finds nothing new changes nothing that lasts.
        if (BootReport.Read(agent.Root, BootReport.DurableReadyFile) is not { } kept || kept.Version != report.Version || !kept.Degraded.SequenceEqual(report.Degraded))
            report.Write(agent.Root, BootReport.DurableReadyFile);
    }

    /// <summary>Writes this boot's, for which others wait: nothing of the run may be left to write.</summary>
    public void WriteOfThisBoot(BootStory story) => story.Report(ready: agent.Clock.GetUtcNow()).Write(agent.Root, BootReport.ReadyFile);
}
