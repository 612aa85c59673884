using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to E289: verbatim lines that fight what the product manages.</summary>
internal static class ExtraRules
{
    private static readonly HashSet<string> Redis = new(StringComparer.OrdinalIgnoreCase)
    {
        "bind", "port", "protected-mode", "tcp-keepalive", "timeout", "pidfile", "logfile", "daemonize", "supervised", "disable-thp",
        "aclfile", "user", "requirepass", "rename-command", "include", "dir", "dbfilename", "save", "appendonly", "appendfsync", "maxmemory",
        "maxmemory-policy", "replicaof", "slaveof", "replica-priority", "slave-priority", "replica-announce-ip", "slave-announce-ip",
        "replica-announce-port", "slave-announce-port", "replica-announced", "masteruser", "masterauth", "repl-backlog-size",
        "repl-diskless-sync", "repl-diskless-sync-delay", "repl-diskless-sync-max-replicas", "min-replicas-to-write", "min-slaves-to-write",
        "min-replicas-max-lag", "min-slaves-max-lag", "cluster-enabled", "cluster-announce-hostname", "tls-port", "tls-replication",
    };

    private static readonly HashSet<string> Sentinel = new(StringComparer.OrdinalIgnoreCase)
    {
        "bind", "port", "protected-mode", "pidfile", "logfile", "daemonize", "supervised", "dir", "aclfile", "user", "requirepass", "include", "sentinel", "acllog-max-len",
    };

    private static readonly HashSet<string> HaproxySections = ["listen", "frontend", "backend", "userlist", "peers", "resolvers", "mailers", "cache", "ring", "program", "defaults"];

    private static readonly string[] HaproxyNames =
    [
        "front_redis_master", "front_redis_slave", "back_redis_master", "back_redis_slave", "stats", "sentinels", "operators", "gate_", "role_", "named_",
    ];

    public static void Check(RuleContext context)
    {
        var spec = context.Spec;
        for (var i = 0; i < spec.Redis.Extra.Count; i++)
            Managed(context, SpecPath.Of("redis.extra")[i], spec.Redis.Extra[i], Redis, "redis.conf");
        for (var i = 0; i < spec.Redis.SentinelExtra.Count; i++)
            Managed(context, SpecPath.Of("sentinel.extra")[i], spec.Redis.SentinelExtra[i], Sentinel, "sentinel.conf");
        Haproxy(context, spec.Proxy.Extra);
        Keepalived(context, spec.Proxy.KeepalivedExtra);
        if (spec.Kernel.Sysctl.GetValueOrDefault("net.ipv4.ip_nonlocal_bind") is not "1")
            Fight(context, SpecPath.Of("kernel.sysctl")["net.ipv4.ip_nonlocal_bind"], "net.ipv4.ip_nonlocal_bind", "a value of 1: HAProxy listens on addresses that are elsewhere at the moment");
    }

    private static void Managed(RuleContext context, SpecPath path, string line, HashSet<string> managed, string file)
    {
        var word = Words(line)[0].Trim('"', '\'');
        if (managed.Contains(word))
            Fight(context, path, $"`{word}`", $"a setting that the cluster does not manage itself in {file}");
    }

    private static void Haproxy(RuleContext context, IReadOnlyList<string> lines)
    {
        var open = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var words = Words(lines[i]);
            var path = SpecPath.Of("haproxy.extra")[i];
            if (words[0] == "global")
                Fight(context, path, "`global`", "sections of your own: listen, frontend, backend");
            else if (HaproxySections.Contains(words[0]) && words.Length > 1 && HaproxyNames.Any(n => n.EndsWith('_') ? words[1].StartsWith(n, StringComparison.Ordinal) : words[1] == n))
                Fight(context, path, $"`{words[1]}`", "a section name that the cluster does not use itself");
            open |= HaproxySections.Contains(words[0]) || words[0] == "global";
            if (open || words[0].StartsWith('#'))
                continue;
            context.Add(
                "E281",
                path,
                "this line would fall into the last section of the cluster's own",
                "a line that opens a section first: listen, frontend, backend, userlist, ...",
                "put such a line before it");
            return;
        }
    }

    private static void Keepalived(RuleContext context, IReadOnlyList<string> lines)
    {
        var depth = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var words = Words(lines[i]);
            var path = SpecPath.Of("keepalived.extra")[i];
            if (words[0] is "global_defs" || (words is ["vrrp_instance", "write" or "read", ..] or ["vrrp_script", "proxy_alive" or "proxy_write" or "proxy_read", ..]))
                Fight(context, path, $"`{string.Join(' ', words.Take(2)).TrimEnd('{').Trim()}`", "blocks of your own");
            var code = lines[i].Split('#', '!')[0];
            depth += code.Count(c => c == '{') - code.Count(c => c == '}');
            if (depth < 0 || (depth > 0 && i == lines.Count - 1))
            {
                context.Add(
                    "E282",
                    path,
                    depth < 0 ? "a brace closes what none opened" : $"{depth} opened brace{(depth == 1 ? " is" : "s are")} never closed",
                    "balanced braces",
                    "correct the block");
                return;
            }
        }
    }

    private static void Fight(RuleContext context, SpecPath path, string what, string expected) => context.Add(
        "E280", path, $"{what} is set by the cluster itself", expected, "remove the line; look for the setting in `redishabake schema`");

    private static string[] Words(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [""];
}
