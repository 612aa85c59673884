using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to E285 for haproxy.cfg: extra lines are sections of the operator's own, after the cluster's.</summary>
internal static class HaproxyExtraRules
{
    private const string File = "haproxy.cfg";

    // global and defaults are the cluster's; what stands in defaults can stand in each section.
    private static readonly HashSet<string> Refused = ["global", "defaults"];

    private static readonly HashSet<string> Sections =
        ["listen", "frontend", "backend", "userlist", "peers", "resolvers", "mailers", "cache", "ring", "program", "fcgi-app", "http-errors", "log-forward", "crt-store", "log-profile"];

    private static readonly string[] Names =
    [
        "front_redis_master", "front_redis_slave", "back_redis_master", "back_redis_slave", "stats", "sentinels", "operators", "health", "verdict",
        "peers_write", "peers_read", "gate_", "role_", "named_",
    ];

    public static void Check(RuleContext context)
    {
        var lines = context.Spec.Proxy.Extra;
        var open = false;
        var said = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var path = SpecPath.Of("haproxy.extra")[i];
            if (QuotedWords.OfHaproxy(lines[i]) is not { } words)
            {
                ExtraRules.OpenQuote(context, path, File);
                continue;
            }

            if (words.Count == 0)
                continue;
            open |= Sections.Contains(words[0]) || Refused.Contains(words[0]);
            if (!ExtraRules.IsKeyword(words[0]))
                ExtraRules.NoKeyword(context, path, words[0], File, "listen mine");
            else if (Refused.Contains(words[0]))
                ExtraRules.Fight(context, path, $"`{words[0]}`", "sections of your own, with all that they need in them: listen, frontend, backend");
            else if (Sections.Contains(words[0]) && words.Count > 1 && Names.Any(n => n.EndsWith('_') ? words[1].StartsWith(n, StringComparison.Ordinal) : words[1] == n))
                ExtraRules.Fight(context, path, $"`{words[1]}`", "a section name that the cluster does not use itself");
            else if (!open && !said)
                said = Outside(context, path);
            else if (words[0] == "bind" && words.Count > 1)
                Bind(context, path, words[1]);
        }
    }

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

    // Whatever address: Redis has loopback and the node's own, HAProxy the node's own and the moving ones.
    private static void Bind(RuleContext context, SpecPath path, string addresses)
    {
        if (!context.RolesAreSound)
            return;
        var taken = context.Spec.Nodes.Where(n => n.Roles.Contains(NodeRole.Haproxy)).SelectMany(n => PortRules.Taken(context, n)).ToList();
        foreach (var (from, to) in addresses.Split(',').Select(Ports))
        {
            if (taken.Find(t => t.Port >= from && t.Port <= to) is not { Port: > 0 } hit)
                continue;
            context.Add(
                "E285",
                path,
                $"port {hit.Port} is taken: by {hit.User}",
                "a port that no program of the cluster uses",
                "choose another port: HAProxy would not start");
            return;
        }
    }

    private static (int From, int To) Ports(string address)
    {
        var ports = address[(address.LastIndexOf(':') + 1)..].Split('-');
        return int.TryParse(ports[0], out var from) && int.TryParse(ports[^1], out var to) ? (from, to) : (0, 0);
    }
}
