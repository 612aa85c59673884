namespace RedisHaBake.Agent.Journal;

/// <summary>Where the agent tells its story: the systemd journal, a terminal, or a test's list.</summary>
public interface IJournal
{
    /// <summary>
    /// Says one sentence. Never throws: a full or absent journal must not stop a failover. No secret may stand in it.
    /// </summary>
    /// <param name="severity">How urgent it is.</param>
    /// <param name="message">The sentence, for a person who has never seen the program.</param>
    /// <param name="fields">Structured fields beside it, by the names in <see cref="Field"/>.</param>
    void Say(Severity severity, string message, params ReadOnlySpan<(string Field, string Value)> fields);
}
