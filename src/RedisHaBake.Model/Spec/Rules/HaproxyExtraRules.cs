using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to E284 and E299 for haproxy.cfg: extra lines are sections of the operator's own, after the cluster's.</summary>
internal static class HaproxyExtraRules
{
    private const string File = "haproxy.cfg";

    // global and defaults are the cluster's; what stands in defaults can stand in each section.
    private static readonly HashSet<string> Refused = ["global", "defaults"];

    // What HAProxy reads before the rest (its manual, 2.4).
    private static readonly string[] Conditions = [".if", ".elif", ".else", ".endif", ".notice", ".warning", ".alert", ".diag"];

    private static readonly string[] Names =
    [
        "front_redis_master", "front_redis_slave", "back_redis_master", "back_redis_slave", "stats", "sentinels", "operators", "health", "verdict",
        "peers_write", "peers_read", "gate_", "role_", "named_",
    ];

    public static void Check(RuleContext context)
    {
        var lines = context.Spec.Proxy.Extra;
        var sections = HaproxyWords.Sections(context.Spec.Os.Haproxy);
        var names = new HaproxyNameRules(context);
        var section = "";
        var said = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var path = SpecPath.Of("haproxy.extra")[i];
            if (QuotedWords.OfHaproxy(lines[i]) is not { } words)
            {
                ExtraRules.OpenQuote(context, path, File);
                continue;
            }

            if (words.Count == 0 || Conditions.Contains(words[0]))
                continue;
            if (!ExtraRules.IsKeyword(words[0]))
                ExtraRules.NoKeyword(context, path, words[0], File, "listen mine");
            else if (Refused.Contains(words[0]))
                ExtraRules.Fight(context, path, $"`{words[0]}`", "sections of your own, with all that they need in them: listen, frontend, backend");
            else if (sections.Contains(words[0]))
            {
                Name(context, path, words);
                names.Section(path, words);
            }
            else if (section.Length > 0)
            {
                HaproxyLineRules.Check(context, path, section, words);
                names.Line(path, words);
            }
            else if (!said)
                said = Outside(context, path);
            if (sections.Contains(words[0]) || Refused.Contains(words[0]))
                section = words[0];
        }

        names.End();
    }

    private static void Name(RuleContext context, SpecPath path, IReadOnlyList<string> words)
    {
        if (words.Count == 1 && words[0] != "crt-store")
            context.Add("E283", path, $"`{words[0]}` has no name", $"a section and its name, such as `{words[0]} mine`", "complete the line: HAProxy would not start on it");
        else if (words.Count > 1 && (words[0] is "listen" or "frontend" or "backend" ? IsClusters(words[1]) : words is ["userlist", Operators, ..]))
            ExtraRules.Fight(context, path, $"`{words[1]}`", "a section name that the cluster does not use itself");
    }

    // The stats page's users.
    private const string Operators = "operators";

    /// <summary>Whether a section of the cluster's own has this name.</summary>
    public static bool IsClusters(string name) => Names.Any(n => n.EndsWith('_') ? name.StartsWith(n, StringComparison.Ordinal) : name == n);

    private static bool Outside(RuleContext context, SpecPath path)
    {
        context.Add(
            "E281",
            path,
            "this line would fall into the last section of the cluster's own",
            "a line that opens a section first: listen, frontend, backend, userlist, ...",
            "put such a line before it");
        return true;
    }
}
