using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// redis.conf as settings, for comparing a running server's CONFIG GET with the plan: the server may have been told otherwise since it
/// started, and the plan may be newer than the process.
/// </summary>
public static class RedisSettings
{
    // What the join and the watch change while the server runs.
    private static readonly string[] OfTheJoin = ["replicaof", "replica-priority", RedisConf.LifeMarkSetting];
    private static readonly string[] Commands = ["include", "loadmodule", "rename-command", "user"];
    private static readonly string[] Secret = ["masterauth", "requirepass", "tls-key-file-pass", "tls-client-key-file-pass"];

    /// <summary>Every setting of the plan that must hold while the server runs, by name; of one given twice, the last.</summary>
    public static IReadOnlyDictionary<string, string> For(NodePlan plan, HostFacts host)
    {
        SortedDictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (var line in RedisConf.Render(plan, host).Split('\n'))
        {
            var name = line.Split(' ', 2)[0].ToLowerInvariant();
            if (name.Length > 0 && name[0] != '#' && !OfTheJoin.Contains(name))
                settings[name] = line[name.Length..].Trim();
        }

        return settings;
    }

    /// <summary>Whether a value is a secret, which may not stand in a journal.</summary>
    public static bool IsSecret(string name) => Secret.Contains(name);

    /// <summary>Whether a line of redis.conf or sentinel.conf that begins with <paramref name="word"/>, rightly or not, may hold one.</summary>
    public static bool MayHoldSecret(string word)
        => word.Contains("auth", StringComparison.OrdinalIgnoreCase) || word.Contains("pass", StringComparison.OrdinalIgnoreCase)
            || word.ToLowerInvariant() is "user" or "sentinel";

    /// <summary>Whether <paramref name="name"/> is a command of the file, which no server names as a setting.</summary>
    public static bool IsCommand(string name) => Commands.Contains(name);

    /// <summary>
    /// Whether a server that answers <paramref name="found"/> has what <paramref name="planned"/> says: quotes do not count, 64mb is
    /// 67108864, and client-output-buffer-limit answers with all of its classes.
    /// </summary>
    public static bool Holds(string name, string planned, string found)
    {
        var (expected, actual) = (Normal(planned), Normal(found));
        return expected == actual
            || (name == "client-output-buffer-limit" && $" {actual} ".Contains($" {expected} ", StringComparison.Ordinal));
    }

    private static string Normal(string value)
        => string.Join(' ', value.Replace("\"", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Word));

    private static string Word(string word)
    {
        var lower = word.ToLowerInvariant();
        // Redis's redis.conf, "Note on units".
        foreach (var (unit, bytes) in new[] { ("gb", 1L << 30), ("mb", 1L << 20), ("kb", 1L << 10), ("g", 1_000_000_000L), ("m", 1_000_000L), ("k", 1000L), ("b", 1L) })
        {
            if (lower.EndsWith(unit, StringComparison.Ordinal) && long.TryParse(lower[..^unit.Length], out var number) && number <= long.MaxValue / bytes)
                return $"{number * bytes}";
        }

        return lower == "slave" ? "replica" : lower;
    }
}
