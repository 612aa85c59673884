using System.Reflection;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>What has happened in this run of the sequence; grows while the steps go by.</summary>
public sealed class BootStory(AgentContext agent)
{
    private readonly DateTimeOffset _started = agent.Clock.GetUtcNow();
    private readonly List<StepReport> _steps = [];
    private readonly List<string> _degraded = [];
    private readonly HashSet<string> _noted = [];

    /// <summary>The agent's version.</summary>
    public static string Version { get; } =
        typeof(BootStory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>What the sequence did so far.</summary>
    public BootReport Report(DateTimeOffset? ready = null, string failure = "") => new(Version, _started, ready, [.. _steps], [.. _degraded], failure);

    /// <summary>Adds a step that ended well.</summary>
    public void Add(StepReport step) => _steps.Add(step);

    /// <summary>Says, once, what a person should know and need not act on.</summary>
    public void Note(string sentence)
    {
        if (_noted.Add(sentence))
            agent.Journal.Say(Severity.Info, sentence);
    }

    /// <summary>Notes, once, why the node will be ready but not whole.</summary>
    public void Degrade(string reason)
    {
        if (_degraded.Contains(reason))
            return;
        _degraded.Add(reason);
        agent.Journal.Say(Severity.Warning, reason);
    }
}
