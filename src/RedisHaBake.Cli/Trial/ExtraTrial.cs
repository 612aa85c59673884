using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Trial;

/// <summary>E301 and notes: the extra lines as the real programs read them, where this computer has the release that the VMs will have.</summary>
/// <param name="spec">A spec that the rules have nothing against.</param>
/// <param name="programs">This computer's programs.</param>
/// <param name="problems">Gets what they refuse.</param>
internal sealed class ExtraTrial(ClusterSpec spec, IPrograms programs, ProblemList problems)
{
    // An address that is still unknown; extra lines do not depend on it.
    private const string SomeAddress = "192.0.2.1";

    // At packages.redis.io: 7.4 is the last of the sevens; which minor release of a later one the VMs will have, nobody knows here.
    private const int LastOf7 = 4;
    private const int StillGrowing = 999;

    private readonly List<Note> notes = [];
    private readonly HashSet<(SpecPath, string)> said = [];

    /// <summary>Lets them read one text of each kind of node.</summary>
    /// <returns>What was not read by whom, and why.</returns>
    public IReadOnlyList<Note> Run(IEnumerable<NodePlan> plans)
    {
        var distinct = plans.Select(StandIn.WithoutSecrets).DistinctBy(p => (string.Join(' ', p.Self.Roles), KeepalivedConf.Runs(p))).ToList();
        var (server, sentinel) = spec.Engine.Kind == EngineKind.Redis ? (Reader.Redis, Reader.RedisSentinel) : (Reader.Valkey, Reader.ValkeySentinel);
        var title = spec.Engine.Kind.ToString();
        var release = spec.Engine.Source == EngineSource.Distribution ? (spec.Engine.Kind == EngineKind.Redis ? spec.Os.Redis : spec.Os.Valkey) : new Version(spec.Engine.Major, spec.Engine.Major == 7 ? LastOf7 : StillGrowing);
        Read(new(Reader.Haproxy, "HAProxy", "haproxy.extra", "haproxy.cfg", spec.Os.Haproxy), spec.Proxy.Extra, distinct.Where(p => p.Self.Has(NodeRole.Haproxy)), HaproxyText);
        Read(new(Reader.Keepalived, "keepalived", "keepalived.extra", "keepalived.conf", spec.Os.Keepalived), spec.Proxy.KeepalivedExtra, distinct.Where(KeepalivedConf.Runs), KeepalivedText);
        Read(new(server, title, "redis.extra", "redis.conf", release), spec.Redis.Extra, distinct.Where(p => p.Self.Has(NodeRole.Redis)), ServerText);
        Read(new(sentinel, title, "sentinel.extra", "sentinel.conf", release), spec.Redis.SentinelExtra, distinct.Where(p => p.Self.Has(NodeRole.Sentinel)), SentinelText);
        return notes;
    }

    private sealed record Text(Reader Reader, string Title, string Path, string File, Version Release)
    {
        public string Known => $"{Title} {Release.ToString(Release.Minor == StillGrowing ? 1 : 2)}";

        public SpecPath List => SpecPath.Of(Path);
    }

    private void Read(Text text, IReadOnlyList<string> lines, IEnumerable<NodePlan> plans, Func<NodePlan, HostFacts, string> render)
    {
        var nodes = plans.ToList();
        if (lines.All(string.IsNullOrWhiteSpace) || nodes.Count == 0)
            return;
        if (text.Reader is Reader.Redis or Reader.Valkey && ConfigTrial.RunsCode(lines))
        {
            Unread(text, "they load a module, whose code would run on this computer");
            return;
        }

        var version = programs.Version(text.Reader);
        if (version is null || (version.Major, version.Minor) != (text.Release.Major, text.Release.Minor))
        {
            Unread(text, version is null ? "it is not installed on this computer" : $"this computer has {text.Title} {version}");
            return;
        }

        foreach (var plan in nodes)
            Read(text, lines, plan, render, version);
    }

    private void Read(Text text, IReadOnlyList<string> lines, NodePlan plan, Func<NodePlan, HostFacts, string> render, Version version)
    {
        var host = StandIn.Host(plan, spec);
        if (host.Address == Words.Auto)
            host = host with { Address = SomeAddress };
        var rendered = render(plan, host);
        var answer = programs.Read(text.Reader, directory => Trial(text.Reader, rendered, directory), host.Interface);
        if (answer.Obstacle is { } obstacle)
        {
            Unread(text, obstacle);
            return;
        }

        if (answer.Accepted)
            return;

        // The extra lines stand at the text's end.
        var before = rendered.Split('\n').Length - 1 - lines.Count;
        var remarks = Remark.Of(text.Reader, answer.Words);
        var ours = remarks.Where(r => r.Line > before && r.Line <= before + lines.Count).ToList();
        // The first thing said of a line is what is wrong with it. What was not read for want of a file is not there for later lines either.
        var lacking = ours.Find(r => r.IsOfTheMachine)?.Line;
        foreach (var remark in ours.DistinctBy(r => r.Line).Where(r => lacking is null || r.Line <= lacking || !r.MayFollow))
            Say(text, text.List[remark.Line!.Value - before - 1], remark, version);
        if (ours.Count > 0)
            return;

        // It names no line of the operator's: whether the lines are the reason shows when it reads the text without them.
        var without = render(Without(plan), host);
        if (programs.Read(text.Reader, directory => Trial(text.Reader, without, directory), host.Interface).Accepted)
            Say(text, text.List, remarks is [var first, ..] ? first : new(null, LastWords(answer.Words)), version);
        else
            Unread(text, $"{text.Title} {version} of this computer refuses even the cluster's own part of it, for a reason that lies here: {Shown.Of(LastWords(answer.Words))}");
    }

    private void Say(Text text, SpecPath path, Remark remark, Version version)
    {
        var words = remark.Words.Replace(Answer.File, text.File, StringComparison.Ordinal).TrimEnd('.');
        if (!said.Add((path, words)))
            return;
        if (remark.IsOfTheMachine)
        {
            notes.Add(new(path, $"{path}: {text.Title} {version} says here: {Shown.Safe(words)}; that may be so on this computer alone, and the agent asks it again on each VM before it changes anything"));
            return;
        }

        problems.Add(
            "E301",
            path,
            $"{text.Title} {version} does not start on {(path == text.List ? "these lines" : "this line")}: {Shown.Safe(words)}",
            $"expected what {text.Known}, which the VMs will have, takes",
            $"correct or remove {(path == text.List ? "them" : "it")}; the whole text is `redishabake preview --file {text.File}`{(remark.Line is { } line ? $", this its line {line}" : "")}");
    }

    private void Unread(Text text, string why)
    {
        if (said.Add((text.List, "")))
            notes.Add(new(text.List, $"{text.Path} was not read by {text.Known}, which the VMs will have: {why}; on each VM the agent lets it read them before it changes anything"));
    }

    private static string LastWords(string words) => words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "nothing";

    private static string Trial(Reader reader, string text, string directory) => reader switch
    {
        Reader.Redis or Reader.Valkey => ConfigTrial.Silent(text, directory),
        Reader.RedisSentinel or Reader.ValkeySentinel => ConfigTrial.Sentinel(text, directory),
        _ => text,
    };

    private static string HaproxyText(NodePlan plan, HostFacts host) => HaproxyCfg.Render(plan, host);

    // The script comes with the agent, and keepalived does not accept one that is not there.
    private static string KeepalivedText(NodePlan plan, HostFacts host) => KeepalivedConf.Render(plan, host).Replace(KeepalivedConf.CheckScript, "/bin/true", StringComparison.Ordinal);

    private static string ServerText(NodePlan plan, HostFacts host) => RedisConf.Render(plan, host);

    private static string SentinelText(NodePlan plan, HostFacts host) => SentinelConf.Render(plan, host);

    private static NodePlan Without(NodePlan plan) => plan with
    {
        Proxy = plan.Proxy with { Extra = [], KeepalivedExtra = [] },
        Redis = plan.Redis with { Extra = [], SentinelExtra = [] },
    };
}
