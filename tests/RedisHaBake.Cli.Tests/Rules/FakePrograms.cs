using RedisHaBake.Cli.Trial;

namespace RedisHaBake.Cli.Tests.Rules;

/// <summary>A computer with some programs, each of which refuses the lines that hold a word it was given, in the real one's words.</summary>
internal sealed class FakePrograms : IPrograms
{
    private readonly Dictionary<Reader, (Version Version, string Word, string Says)> installed = [];

    public int Reads { get; private set; }

    public int Questions { get; private set; }

    public FakePrograms Install(Reader reader, string version, string word, string says)
    {
        installed[reader] = (new(version), word, says);
        return this;
    }

    public Version? Version(Reader reader)
    {
        Questions++;
        return installed.TryGetValue(reader, out var program) ? program.Version : null;
    }

    public Answer Read(Reader reader, Func<string, string> text, string networkInterface)
    {
        Reads++;
        var (_, word, says) = installed[reader];
        var lines = text("/none").Split('\n');
        Assert.DoesNotContain(lines, l => l.Contains("Password"));
        var bad = Enumerable.Range(1, lines.Length).Where(i => lines[i - 1].Contains(word, StringComparison.Ordinal)).ToList();
        return new(bad.Count == 0, string.Concat(bad.Select(i => (reader == Reader.Keepalived ? $"({Answer.File}: Line {i}) {says}" : $"[ALERT]    (7) : config : parsing [{Answer.File}:{i}] : {says}.") + "\n")));
    }
}
