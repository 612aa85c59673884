using System.Reflection;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>What has happened in this run of the sequence; grows while the steps go by.</summary>
/// <param name="agent">The machine.</param>
/// <param name="aloud">Whether the journal hears of it; not so where the steps are only checked, for a person who reads the answer.</param>
public sealed class BootStory(AgentContext agent, bool aloud = true)
{
    private readonly DateTimeOffset _started = agent.Clock.GetUtcNow();
    private readonly List<StepReport> _steps = [];
    private readonly List<string> _degraded = [];
    private readonly List<string> _noted = [];

    /// <summary>The agent's version.</summary>
    public static string Version { get; } =
        typeof(BootStory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>What a person should know and the agent cannot change: the notes, then why the node is not whole.</summary>
    public IReadOnlyList<string> Remarks => [.. _noted, .. _degraded];

    /// <summary>What the sequence did so far.</summary>
    public BootReport Report(DateTimeOffset? ready = null, string failure = "") => new(Version, _started, ready, [.. _steps], [.. _degraded], failure);

    /// <summary>Adds a step that ended well.</summary>
    public void Add(StepReport step) => _steps.Add(step);

    /// <summary>Says, once, what a person should know and need not act on.</summary>
    public void Note(string sentence) => Add(_noted, Severity.Info, sentence);

    /// <summary>Notes, once, why the node will be ready but not whole.</summary>
    public void Degrade(string reason) => Add(_degraded, Severity.Warning, reason);

    private void Add(List<string> sentences, Severity severity, string sentence)
    {
        if (sentences.Contains(sentence))
            return;
        sentences.Add(sentence);
        if (aloud)
            agent.Journal.Say(severity, sentence);
    }
}
