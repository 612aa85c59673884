using System.Text;
using RedisHaBake.Cli;
using RedisHaBake.Contract.Tests.Generate;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Contract.Tests.Keywords;

/// <summary>The rules for extra lines and for users' rights say of every word what the servers of Debian 12 and 13 say of it.</summary>
public sealed class EngineWordsTests(Debian12 bookworm, Debian13 trixie) : IClassFixture<Debian12>, IClassFixture<Debian13>
{
    public static TheoryData<string, string> Engines => new() { { "debian-12", "redis" }, { "debian-13", "redis" }, { "debian-13", "valkey" } };

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_setting_is_refused_where_the_server_does_not_start_on_it_and_nowhere_else(string os, string engine)
    {
        using var server = Start(os, engine);
        var known = server.Settings.ToHashSet();
        Assert.Contains("maxmemory", known);
        var release = Release(os, engine);
        Assert.Empty(known.Except(release.Settings));

        // What CONFIG GET does not show, and what belongs to the others.
        foreach (var word in EngineRelease.All.SelectMany(r => r.Settings).Append("nonsense").Except(known).Except(["include", "user", "loadmodule", "rename-command"]))
            Assert.Equal((word, server.StartsOn(word + " 1") || server.StartsOn(word + " yes")), (word, release.Settings.Contains(word)));
        Assert.False(engine == "redis" && os == "debian-12" && server.StartsOn("nonsense 1", "sentinel"));

        var refused = Refused(os, engine, "redis:\n  extra:\n" + string.Concat(known.Append("nonsense").Select(w => $"    - {w} 1\n")));
        Assert.Equal(["redis.extra[" + known.Count + "]"], refused.Where(p => p.Code == "E288").Select(p => p.Path));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_right_is_refused_where_the_server_refuses_it_and_nowhere_else(string os, string engine)
    {
        using var server = Start(os, engine);
        var words = EngineRelease.All.SelectMany(r => r.Commands).Concat(server.Ask("COMMAND LIST")).Select(w => w.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal).ToList();
        string[] more = ["+nonsense", "-nonsense", "+select|0", "-select|0", "+SELECT|0", "+get|x|y", "+config|get|x", "+config|GET", "+|x", "+acl|whoami|x", "-@nonsense", "+@nonsense", "+@all", "-@admin", "+ft.search"];
        var rules = words.SelectMany(w => (string[])[$"+{w}", $"-{w}", $"+{w}|zz", $"-{w}|zz", $"+{w}|"]).Concat(more).ToList();

        var answers = server.Ask([.. rules.Select(r => $"ACL SETUSER probe reset {r}")]);
        Assert.Equal(rules.Count, answers.Count);
        var refused = Refused(os, engine, "users:\n" + string.Concat(rules.Select((r, i) => $"  - {{name: u{i}, rights: \"{r}\"}}\n"))).Select(p => p.Path).ToHashSet();

        Assert.Empty(rules.Where((r, i) => answers[i] == "OK" == refused.Contains($"users[{i}].rights")).Select(r => $"{r}: the server says {answers[rules.IndexOf(r)]}"));
    }

    // Managed settings are refused whatever they say; the others' names are not this server's, or their values depend on more than the line.
    private static readonly string[] NotAsked =
    [
        "unixsocket", "tls-cluster", "locale-collate", "loadmodule", "user", "include", "rename-command", "rdma-bind", "rdma-port",
        "cluster-announce-client-ipv4", "cluster-announce-client-ipv6", "cluster-announce-human-nodename",
    ];

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_value_is_refused_where_the_server_does_not_start_on_it_and_nowhere_else(string os, string engine)
    {
        string[] values = ["abc", "-1", "0", "2147483648", "1kb"];
        string[] more =
        [
            "hz 1 1", "stream-node-max-bytes 10%", "syslog-ident 1 1", "activerehashing yes yes", "maxmemory-clients 10%", "hz 010", "hz +1", "hz 1.5", "hz \"\"", "hz yes", "activerehashing \"\"", "loglevel \"\"", "notify-keyspace-events \"\"", "latency-tracking-info-percentiles \"\"", "syslog-ident \"\"", "HZ 10", "hz 2147483647", "slowlog-log-slower-than 99999999999999999999", "activerehashing YES", "io-threads 128", "io-threads 129", "io-threads 256", "io-threads 257",
            "maxmemory-samples 64", "maxmemory-samples 65", "active-expire-effort 10", "active-expire-effort 11", "maxclients 4294967295", "maxclients 4294967296", "maxmemory-clients 100%", "maxmemory-clients 101%",
            "stream-node-max-bytes 1KB", "stream-node-max-bytes 1tb", "stream-node-max-bytes -5kb", "stream-node-max-bytes 010", "stream-node-max-bytes 9999999999gb", "client-query-buffer-limit 1mb",
            "client-query-buffer-limit 1048575", "unixsocketperm 0777", "unixsocketperm 888", "unixsocketperm 1777", "notify-keyspace-events KEA", "notify-keyspace-events Kq", "notify-keyspace-events K E",
            "latency-tracking-info-percentiles 50 99.9", "latency-tracking-info-percentiles 101", "enable-debug-command LOCAL", "syslog-facility local0", "sanitize-dump-payload clients", "tls-auth-clients optional",
            "loglevel notice", "loglevel nothing", "repl-diskless-load swapdb", "repl-diskless-load flush-before-load", "propagation-error-behavior panic", "cluster-preferred-endpoint-type hostname",
            "acl-pubsub-default resetchannels", "shutdown-on-sigint now force", "shutdown-on-sigint later", "shutdown-on-sigint save nosave", "shutdown-on-sigint \"nosave force now\"", "latency-tracking-info-percentiles \"50 99 99.9\"",
            "client-output-buffer-limit \"normal 0 0 0 pubsub 32mb 8mb 60\"", "proc-title-template \"{title} {config-file}\"", "proc-title-template \"{title} {unixsocket}\"", "lua-enable-deprecated-api no", "lua-enable-deprecated-api x", "client-output-buffer-limit normal 0 0 0", "client-output-buffer-limit replica 1mb 1mb 60 pubsub 1 1 1",
            "client-output-buffer-limit normal 1 1", "client-output-buffer-limit master 1 1 1", "client-output-buffer-limit normal a 1 1", "client-output-buffer-limit normal 1 1 -1",
            "proc-title-template \"{title} {port}\"", "proc-title-template {title}", "proc-title-template {x}", "syslog-ident \"a b\"", "activedefrag no",
        ];
        if (engine == "valkey")
            more = [.. more, "log-format logfmt", "log-timestamp-format iso8601", "rdb-version-check relaxed", "prefetch-batch-max-size 128", "prefetch-batch-max-size 129", "rdma-rx-size 65536", "rdma-completion-vector 1025"];
        using var server = Start(os, engine);
        var managed = Refused(os, engine, "redis:\n  extra:\n" + string.Concat(server.Settings.Select(w => $"    - {w} 1\n"))).Where(p => p.Code == "E280").Select(p => p.Path).ToHashSet();
        var settings = server.Settings.Where((w, i) => !managed.Contains($"redis.extra[{i}]")).Except(NotAsked).ToList();
        var lines = settings.SelectMany(w => values.Select(v => $"{w} {v}")).Concat(more).ToList();
        Assert.True(settings.Count > 100, $"{settings.Count}");
        var refused = lines.Chunk(500).SelectMany(chunk => Refused(os, engine, "redis:\n  extra:\n" + string.Concat(chunk.Select(l => $"    - '{l}'\n")))
            .Where(p => p.Code is "E297").Select(p => chunk[int.Parse(p.Path["redis.extra[".Length..^1])])).ToHashSet();

        var starts = lines.Chunk(400).SelectMany(server.StartsOnEach).ToHashSet();
        Assert.Empty(lines.Where(l => starts.Contains(l) == refused.Contains(l)).Select(l => $"{l}: the server {(starts.Contains(l) ? "starts" : "does not start")}"));
    }

    private EngineServer Start(string os, string engine) => new(os == "debian-12" ? bookworm : trixie, engine);

    private static EngineRelease Release(string name, string engine)
    {
        var os = Model.Spec.OperatingSystem.All.First(o => o.Name == name);
        var kind = engine == "redis" ? EngineKind.Redis : EngineKind.Valkey;
        return EngineRelease.For(new(kind, kind == EngineKind.Redis ? os.Redis.Major : os.Valkey.Major, EngineSource.Distribution, ""), os);
    }

    private static IReadOnlyList<(string Code, string Path)> Refused(string os, string engine, string more)
    {
        var spec = new StringBuilder($"apiVersion: redishabake/v1\nname: shop\ncidr: 10.0.0.0/24\nos: {os}\nbaked: true\nengine: {{kind: {engine}}}\n")
            .Append("nodes: [{name: a, address: 10.0.0.1}, {name: b, address: 10.0.0.2}, {name: c, address: 10.0.0.3}]\n").Append(more);
        return [.. Generation.OfText("cluster.yaml", spec.ToString()).Problems.Select(p => (p.Code, p.Path.ToString()))];
    }
}
