using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E260 to E265: the users of people and applications.</summary>
internal static class UserRules
{
    private static readonly string[] Internal = [InternalUsers.Replication, InternalUsers.Sentinel, InternalUsers.HealthCheck, InternalUsers.Agent];

    // ACL CAT of Redis 7 and 8 and Valkey 8. A server does not start on an aclfile with another one.
    private static readonly HashSet<string> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        "all", "keyspace", "read", "write", "set", "sortedset", "list", "hash", "string", "bitmap", "hyperloglog", "geo", "stream", "pubsub",
        "admin", "fast", "slow", "blocking", "dangerous", "connection", "transaction", "scripting",
    };

    private static readonly HashSet<string> Modules = ["search", "json", "bloom", "cuckoo", "cms", "topk", "tdigest", "timeseries"];

    public static void Check(RuleContext context)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < context.Spec.Users.Count; i++)
        {
            var name = context.Spec.Users[i].Name;
            var path = i == 0 ? SpecPath.Of("app.user") : SpecPath.Root["users"][i - 1]["name"];
            Rights(context, context.Spec.Users[i].Rights, i == 0 ? SpecPath.Of("app.rights") : SpecPath.Root["users"][i - 1]["rights"]);
            if (Internal.Contains(name) || name.StartsWith("redishabake-", StringComparison.Ordinal))
            {
                context.Add(
                    "E261",
                    path,
                    $"{name} is a name of the cluster's own programs",
                    "a name that does not begin with redishabake-",
                    "choose another name");
            }
            else if (name.Length > 0 && !names.Add(name))
            {
                context.Add(
                    "E260",
                    path,
                    $"two users are called {name}",
                    "each user once; `app.user` is one of them",
                    "rename or remove one of the two");
            }
        }
    }

    private static void Rights(RuleContext context, string rights, SpecPath path)
    {
        AfterAll(context, rights, path, "~*", "allkeys", "resetkeys", rule => rule[0] is '~' or '%');
        AfterAll(context, rights, path, "&*", "allchannels", "resetchannels", rule => rule[0] == '&');
        CommandRules.Check(context, rights, path);
        foreach (var rule in rights.Split(' ').Where(r => r.StartsWith("+@", StringComparison.Ordinal) || r.StartsWith("-@", StringComparison.Ordinal)))
        {
            var category = rule[2..];
            if (Categories.Contains(category) || (Modules.Contains(category) && context.Spec.Engine is { Kind: EngineKind.Redis, Major: >= 8 }))
                continue;
            var nearest = Spelling.Nearest(category, Categories);
            context.Add(
                "E263",
                path,
                $"there is no command category @{category}",
                nearest is null ? "one of " + string.Join(", ", Categories.Select(c => "@" + c)) : $"@{nearest}, perhaps",
                "correct the rule: the server would not start on it");
        }
    }

    // acl.c, ACLSetUser: a pattern behind the one for everything is an error, and a server does not start on an aclfile with one.
    private static void AfterAll(RuleContext context, string rights, SpecPath path, string all, string word, string reset, Func<string, bool> isPattern)
    {
        var everything = false;
        foreach (var rule in rights.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (rule == all || rule == word)
            {
                everything = true;
            }
            else if (rule == reset)
            {
                everything = false;
            }
            else if (everything && isPattern(rule))
            {
                context.Add("E265", path, $"{rule} stands behind {all}, which is everything already", $"{all} alone, or patterns without it", "remove one of the two: the server would not start on it");
                return;
            }
        }
    }
}
