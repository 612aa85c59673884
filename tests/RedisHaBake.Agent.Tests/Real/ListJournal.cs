using RedisHaBake.Agent.Journal;

namespace RedisHaBake.Agent.Tests.Real;

/// <summary>Keeps what was said, for the test's output when it fails.</summary>
internal sealed class ListJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Say(Severity severity, string message, params ReadOnlySpan<(string Field, string Value)> fields)
    {
        lock (_lock)
            _lines.Add($"{TimeProvider.System.GetElapsedTime(_start).TotalSeconds,7:0.000} {message}");
    }
}
