namespace RedisHaBake.Agent.Journal;

/// <summary>How urgent a journal line is: syslog's levels, of which the agent uses five.</summary>
public enum Severity
{
    /// <summary>Something failed and a person has to act.</summary>
    Error = 3,

    /// <summary>Not as it should be; the agent goes on.</summary>
    Warning = 4,

    /// <summary>A turn in the story: a role change, a step done.</summary>
    Notice = 5,

    /// <summary>The story's ordinary lines.</summary>
    Info = 6,

    /// <summary>Detail for whoever looks for a cause.</summary>
    Debug = 7,
}
