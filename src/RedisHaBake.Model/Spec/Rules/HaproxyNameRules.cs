using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E299 for haproxy.cfg: names that stand for two things, or for none.</summary>
internal sealed class HaproxyNameRules(RuleContext context)
{
    private static readonly string[] ClustersBackends = ["back_redis_master", "back_redis_slave"];

    // A listen is a frontend and a backend; HAProxy looks for another of its name among the frontends only.
    private static readonly Dictionary<string, string[]> Spaces = new()
    {
        ["listen"] = ["frontend", "backend"],
        ["frontend"] = ["frontend"],
        ["backend"] = ["backend"],
        ["resolvers"] = ["resolvers"],
        ["peers"] = ["peers"],
    };

    private readonly HashSet<(string Space, string Name)> _sections = [];
    private readonly HashSet<string> _servers = new(StringComparer.Ordinal);
    private readonly List<(SpecPath Path, string Name)> _asked = [];

    /// <summary>A line that opens a section.</summary>
    public void Section(SpecPath path, IReadOnlyList<string> words)
    {
        _servers.Clear();
        if (words.Count < 2 || !Spaces.TryGetValue(words[0], out var spaces))
            return;
        var taken = _sections.Contains((spaces[0], words[1]));
        _sections.UnionWith(spaces.Select(space => (space, words[1])));
        if (taken)
            Twice(path, $"there is another `{Shown.Of(words[1])}` above");
    }

    /// <summary>A line in a section of the operator's own.</summary>
    public void Line(SpecPath path, IReadOnlyList<string> words)
    {
        if (words.Count < 2)
            return;
        if (words[0] is "default_backend" or "use_backend" && !words[1].Contains('%'))
            _asked.Add((path, words[1]));
        else if (words[0] == "server" && !_servers.Add(words[1]))
            Twice(path, $"there is another server `{Shown.Of(words[1])}` in this section");
    }

    /// <summary>After the last line: a backend may stand below whoever leads to it.</summary>
    public void End()
    {
        foreach (var (path, name) in _asked.Where(a => !ClustersBackends.Contains(a.Name) && !_sections.Contains(("backend", a.Name))))
        {
            context.Add(
                "E299",
                path,
                HaproxyExtraRules.IsClusters(name) ? $"`{Shown.Of(name)}` is the cluster's own, for its checks" : $"there is no backend `{Shown.Of(name)}`",
                $"the name of a backend or listen section of your own, or {string.Join(" or ", ClustersBackends)}",
                "correct the name, or write the section: HAProxy would not start");
        }
    }

    private void Twice(SpecPath path, string title) => context.Add("E299", path, title, "each name once", "choose another name: HAProxy would not start");
}
