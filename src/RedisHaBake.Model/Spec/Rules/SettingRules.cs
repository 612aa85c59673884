using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to E288, E297 and W297 for redis.conf and sentinel.conf: both programs are one binary and know the same words.</summary>
internal static class SettingRules
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
        "cluster-announce-hostname", "tls-port", "tls-replication", "tls-cluster", "oom-score-adj", "oom-score-adj-values",
    };

    private static readonly HashSet<string> Sentinel = new(StringComparer.OrdinalIgnoreCase)
    {
        "bind", "port", "protected-mode", "pidfile", "logfile", "daemonize", "supervised", "dir", "aclfile", "user", "requirepass", "include", "sentinel", "acllog-max-len",
        "rename-command", "replicaof", "slaveof", "save", "appendonly", "maxmemory", "cluster-enabled",
    };

    // What the modules that come with Redis 8 begin their settings with.
    private static readonly string[] BundledModules = ["search-", "bf-", "cf-", "ts-", "json-"];

    public static void Check(RuleContext context)
    {
        var redis = context.Spec.Redis;
        Check(context, SpecPath.Of("redis.extra"), redis.Extra, Redis, "redis.conf");
        RiskySettings.Pings(context, SpecPath.Of("redis.extra"), redis.Extra);
        Check(context, SpecPath.Of("sentinel.extra"), redis.SentinelExtra, Sentinel, "sentinel.conf");
    }

    /// <summary>Whether the lines make the server load a module.</summary>
    public static bool LoadsModules(IReadOnlyList<string> lines)
        => lines.Any(l => QuotedWords.OfRedis(l) is [var word, ..] && word.Equals("loadmodule", StringComparison.OrdinalIgnoreCase));

    private static void Check(RuleContext context, SpecPath list, IReadOnlyList<string> lines, HashSet<string> managed, string file)
    {
        // A module brings settings of its own, and only the server knows them.
        var modules = LoadsModules(lines);
        for (var i = 0; i < lines.Count; i++)
        {
            if (QuotedWords.OfRedis(lines[i]) is not { } words)
                ExtraRules.OpenQuote(context, list[i], file);
            else if (words.Count > 0 && managed.Contains(words[0]))
                ExtraRules.Fight(context, list[i], $"`{words[0]}`", $"a setting that the cluster does not manage itself in {file}");
            else if (words.Count > 0 && !ExtraRules.IsKeyword(words[0]))
                ExtraRules.NoKeyword(context, list[i], words[0], file, "hz 50");
            else if (words.Count == 1)
                NoValue(context, list[i], words[0]);
            else if (words.Count > 0)
                Known(context, list[i], words, modules);
        }
    }

    private static void Known(RuleContext context, SpecPath path, IReadOnlyList<string> words, bool modules)
    {
        var word = words[0];
        var engine = context.Spec.Engine;
        var release = EngineRelease.For(engine, context.Spec.Os);
        if (!context.Sound(SpecPath.Of("engine")) || !context.Sound(SpecPath.Of("os")))
            return;
        if (release.Settings.Contains(word))
        {
            Value(context, path, words, release);
            return;
        }

        var more = EngineRelease.MayKnowMore(engine);
        if (modules || (more && OfBundledModule(word)))
            return;
        if (more)
        {
            context.Add(
                "W287",
                path,
                $"no {release.Title} that is known here has a setting {word}",
                Expected(word, release),
                "correct the line: a server does not start on a setting that it does not know");
            return;
        }

        context.Add(
            "E288",
            path,
            $"{release.Title} has no setting {word}{EngineRelease.Have(r => r.Settings.Contains(word))}",
            Expected(word, release),
            "correct or remove the line: the server would not start on it");
    }

    private static void Value(RuleContext context, SpecPath path, IReadOnlyList<string> words, EngineRelease release)
    {
        var engine = context.Spec.Engine;
        var value = SettingValues.Of(words[0], release, engine.Source == EngineSource.Distribution);
        if (value is null || value.Accepts([.. words.Skip(1)]))
        {
            RiskySettings.Check(context, path, words);
            return;
        }

        var shown = string.Join(' ', words.Skip(1).Select(w => w.Length == 0 ? "\"\"" : Shown.Of(w)));
        if (value.Grows && EngineRelease.MayKnowMore(engine))
        {
            context.Add(
                "W297",
                path,
                $"no {release.Title} that is known here takes `{shown}` for {words[0]}",
                value.Expected,
                "correct the line: a server does not start on a value that it does not take");
            return;
        }

        context.Add("E297", path, $"{release.Title} does not take `{shown}` for {words[0]}", value.Expected, "correct or remove the line: the server would not start on it");
    }

    private static string Expected(string word, EngineRelease release)
        => Spelling.Nearest(word, release.Settings) is { } meant ? $"{meant}, perhaps" : $"a setting of {release.Title}";

    private static bool OfBundledModule(string word)
        => word.Contains('.') || BundledModules.Any(m => word.StartsWith(m, StringComparison.OrdinalIgnoreCase));

    private static void NoValue(RuleContext context, SpecPath path, string word) => context.Add(
        "E283", path, $"`{word}` has no value", "a keyword and its value, such as `hz 50`", "complete the line: the program would not start on it");
}
