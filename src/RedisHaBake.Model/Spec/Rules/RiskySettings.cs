using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>W298 and E298: settings that a server takes and a cluster suffers from.</summary>
internal static class RiskySettings
{
    // Of five data nodes, each with proxy and Sentinel: 5 proxies' 3 checks, 5 Sentinels' 2 connections each, 4 replicas, 5 agents' 2; twice, for what is being closed.
    private const long FewClients = 100;

    // The servers' defaults.
    private const long PingPeriodS = 10;
    private const long ReplTimeoutS = 60;

    public static void Check(RuleContext context, SpecPath path, IReadOnlyList<string> words)
    {
        var value = words[1].ToLowerInvariant();
        switch (words[0].ToLowerInvariant())
        {
            case "bind-source-addr" when value is not ("" or "0.0.0.0"):
                context.Add(
                    "E298",
                    path,
                    "every node gets this line, and only one node can have that address: replication would fail on the others",
                    "no line: a server connects from its own address",
                    "remove the line");
                break;
            case "maxclients" when Number(value) < FewClients:
                Warn(
                    $"the cluster's own connections need some of {value} clients: proxies' checks, Sentinels, replicas and agents; when none is left, a node that works is taken for dead",
                    $"{FewClients} or more; the server's default is 10000",
                    "raise it");
                break;
            case "replica-serve-stale-data" or "slave-serve-stale-data" when value == "no":
                Warn(
                    "a replica that has lost its master answers nothing but errors then, though the read address leads to it while no other node serves",
                    "yes, the server's default",
                    "remove the line, or leave it so where an old value is worse than none");
                break;
            case "stop-writes-on-bgsave-error" when value == "no":
                Warn(
                    "a disk that is full or broken goes unnoticed: writes are acknowledged that no snapshot has",
                    "yes, the server's default",
                    "remove the line");
                break;
            case "enable-debug-command" or "enable-module-command" or "enable-protected-configs" when value != "no":
                Warn(
                    $"{words[0]} gives whoever has the rights of an operator the machine, too: a module is a program of its own, DEBUG can crash the server",
                    "no, the server's default",
                    "remove the line once it is not needed any more");
                break;
            case "rdbchecksum" or "crash-log-enabled" when value == "no":
                Warn(
                    words[0].StartsWith('r') ? "a dataset that was damaged on disk or on its way to a replica is loaded without a word" : "a crash leaves no reason in the journal",
                    "yes, the server's default",
                    "remove the line");
                break;
            default:
                break;
        }

        void Warn(string title, string expected, string action) => context.Add("W298", path, title, expected, action);
    }

    /// <summary>A link on which nobody writes has to hear a ping before its time-out (redis.conf at repl-timeout).</summary>
    public static void Pings(RuleContext context, SpecPath list, IReadOnlyList<string> lines)
    {
        var (timeout, period, at) = (ReplTimeoutS, PingPeriodS, -1);
        for (var i = 0; i < lines.Count; i++)
        {
            if (QuotedWords.OfRedis(lines[i]) is not [var name, var value] || Number(value) == long.MaxValue)
                continue;
            switch (name.ToLowerInvariant())
            {
                case "repl-timeout":
                    (timeout, at) = (Number(value), i);
                    break;
                case "repl-ping-replica-period" or "repl-ping-slave-period":
                    (period, at) = (Number(value), i);
                    break;
                default:
                    break;
            }
        }

        if (at < 0 || timeout > period || timeout < 1)
            return;
        context.Add(
            "W298",
            list[at],
            $"a master pings its replicas every {period} s: with a time-out of {timeout} s the link ends whenever nobody writes",
            $"a repl-timeout above repl-ping-replica-period; the server's defaults are {ReplTimeoutS} and {PingPeriodS}",
            "correct one of them");
    }

    // What is no number was refused before.
    private static long Number(string value) => long.TryParse(value, out var number) ? number : long.MaxValue;
}
