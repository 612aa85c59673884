using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>Says that this node is ready, and how the last run that found it so went: once for this boot, once to outlive it.</summary>
public sealed class ReadyStamp(AgentContext agent)
{
    /// <summary>Both files: the one that lasts, without which a reboot would take the node for one that was never ready, and this boot's.</summary>
    public static IReadOnlyList<string> Files { get; } = [BootReport.DurableReadyFile, BootReport.ReadyFile];

    /// <summary>Writes it.</summary>
    public void Write(BootStory story)
    {
        var report = story.Report(ready: agent.Clock.GetUtcNow());
        report.Write(agent.Root, BootReport.ReadyFile);
        // A run that finds nothing new changes nothing that lasts.
        if (BootReport.Read(agent.Root, BootReport.DurableReadyFile) is not { } kept || kept.Version != report.Version || !kept.Degraded.SequenceEqual(report.Degraded))
            report.Write(agent.Root, BootReport.DurableReadyFile);
    }
}
