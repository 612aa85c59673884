using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>Says that this node is ready, and how the last run that found it so went: once for this boot, once to outlive it.</summary>
public sealed class ReadyStamp(AgentContext agent)
{
    /// <summary>Both files, the one that lasts first: without it a reboot would take the node for one that was never ready.</summary>
    public static IReadOnlyList<string> Files { get; } = [BootReport.DurableReadyFile, BootReport.ReadyFile];

    /// <summary>Writes it.</summary>
    public void Write(BootStory story)
    {
        var report = story.Report(ready: agent.Clock.GetUtcNow());
        foreach (var file in Files)
            report.Write(agent.Root, file);
    }
}
