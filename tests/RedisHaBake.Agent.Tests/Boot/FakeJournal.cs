using RedisHaBake.Agent.Journal;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>Keeps what was said.</summary>
internal sealed class FakeJournal(PowerCut cut) : IJournal
{
    private readonly List<(Severity Severity, string Message)> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines.Select(l => l.Message)];

    /// <summary>As <c>journalctl -o cat</c> shows it at its usual level.</summary>
    public string Story => string.Join("\n", _lines.Where(l => l.Severity < Severity.Debug).Select(l => l.Message)) + "\n";

    public void Clear() => _lines.Clear();

    public void Say(Severity severity, string message, params ReadOnlySpan<(string Field, string Value)> fields)
    {
        _lines.Add((severity, message));
        cut.Moment();
    }
}
