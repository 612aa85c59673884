using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to E289: verbatim lines that fight what the product manages, or that no program starts on.</summary>
internal static class ExtraRules
{
    private static readonly HashSet<string> Redis = new(StringComparer.OrdinalIgnoreCase)
    {
        "bind", "port", "protected-mode", "tcp-keepalive", "timeout", "pidfile", "logfile", "daemonize", "supervised", "disable-thp",
        "aclfile", "user", "requirepass", "rename-command", "include", "sentinel", "dir", "dbfilename", "appenddirname", "appendfilename",
        "save", "appendonly", "appendfsync", "maxmemory", "maxmemory-policy", "shutdown-on-sigterm", "shutdown-timeout",
        "replicaof", "slaveof", "replica-priority", "slave-priority", "replica-read-only", "slave-read-only", "replica-announce-ip",
        "slave-announce-ip", "replica-announce-port", "slave-announce-port", "replica-announced", "masteruser", "masterauth", "primaryuser",
        "primaryauth", "repl-backlog-size", "repl-diskless-sync", "repl-diskless-sync-delay", "repl-diskless-sync-max-replicas",
        "min-replicas-to-write", "min-slaves-to-write", "min-replicas-max-lag", "min-slaves-max-lag", "cluster-enabled",
        "cluster-announce-hostname", "tls-port", "tls-replication",
    };

    private static readonly HashSet<string> Sentinel = new(StringComparer.OrdinalIgnoreCase)
    {
        "bind", "port", "protected-mode", "pidfile", "logfile", "daemonize", "supervised", "dir", "aclfile", "user", "requirepass", "include", "sentinel", "acllog-max-len",
    };

    private const string RedisFile = "redis.conf";

    public static void Check(RuleContext context)
    {
        var spec = context.Spec;
        Settings(context, SpecPath.Of("redis.extra"), spec.Redis.Extra, Redis, RedisFile);
        Settings(context, SpecPath.Of("sentinel.extra"), spec.Redis.SentinelExtra, Sentinel, "sentinel.conf");
        HaproxyExtraRules.Check(context);
        KeepalivedExtraRules.Check(context);
        if (spec.Kernel.Sysctl.GetValueOrDefault("net.ipv4.ip_nonlocal_bind") is not "1")
            Fight(context, SpecPath.Of("kernel.sysctl")["net.ipv4.ip_nonlocal_bind"], "net.ipv4.ip_nonlocal_bind", "a value of 1: HAProxy listens on addresses that are elsewhere at the moment");
    }

    /// <summary>A line that would undo what the cluster itself sets.</summary>
    public static void Fight(RuleContext context, SpecPath path, string what, string expected) => context.Add(
        "E280", path, $"{what} is set by the cluster itself", expected, "remove the line; what can be chosen stands in `redishabake schema`");

    /// <summary>A line that begins with something that is no keyword.</summary>
    public static void NoKeyword(RuleContext context, SpecPath path, string word, string file, string example) => context.Add(
        "E283", path, $"`{Shown.Of(word)}` is no keyword of {file}", $"a keyword and its value, such as `{example}`", "correct the line: the program would not start on it");

    /// <summary>A line with a quote that nothing closes.</summary>
    public static void OpenQuote(RuleContext context, SpecPath path, string file) => context.Add(
        "E284", path, $"a quote is never closed, or closed in the middle of a word: {file} could not be read", "each quoted word in one pair of quotes", "correct the line: the program would not start on it");

    /// <summary>Whether <paramref name="word"/> begins with a letter and holds what keywords are made of.</summary>
    public static bool IsKeyword(string word) => word.Length > 0 && char.IsAsciiLetter(word[0]) && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static void Settings(RuleContext context, SpecPath list, IReadOnlyList<string> lines, HashSet<string> managed, string file)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (QuotedWords.OfRedis(lines[i]) is not { } words)
                OpenQuote(context, list[i], file);
            else if (words.Count > 0 && managed.Contains(words[0]))
                Fight(context, list[i], $"`{words[0]}`", $"a setting that the cluster does not manage itself in {file}");
            else if (words.Count > 0 && !IsKeyword(words[0]))
                NoKeyword(context, list[i], words[0], file, "hz 50");
            else if (words.Count == 1)
                NoValue(context, list[i], words[0]);
            else if (words.Count > 0 && file == RedisFile && !EngineWords.MayBeSetting(words[0]))
                Unknown(context, list[i], words[0]);
        }
    }

    private static void Unknown(RuleContext context, SpecPath path, string word)
    {
        var meant = Spelling.Nearest(word, EngineWords.Settings);
        context.Add(
            "W287",
            path,
            $"no Redis and no Valkey that is known here has a setting {word}",
            meant is null ? "a setting of redis.conf" : $"{meant}, perhaps",
            "correct the line: a server does not start on a setting that it does not know");
    }

    private static void NoValue(RuleContext context, SpecPath path, string word) => context.Add(
        "E283", path, $"`{word}` has no value", "a keyword and its value, such as `hz 50`", "complete the line: the program would not start on it");
}
