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
