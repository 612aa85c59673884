using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E260 to E265, W266: the users of people and applications.</summary>
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

    // Writes that the default rights leave out, and the categories with such.
    private static readonly string[] Dangerous =
        ["allcommands", "+@all", "+@dangerous", "+@admin", "+@write", "+@keyspace", "+@slow", "+flushall", "+flushdb", "+sort", "+restore", "+swapdb", "+migrate"];

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

            if (name == "default")
                Replay(context, i, path);
        }
    }

    // A server replays the transactions of its append-only file, scripts with several writes among them, as its user default, and drops those that
    // this user may not do, whoever did them: see UsersAcl. Where nobody has that name it may do all.
    private static void Replay(RuleContext context, int index, SpecPath path)
    {
        var others = context.Spec.Users.Where((u, i) => i != index && MayDoWhatIsDangerous(u.Rights)).Select(u => u.Name).ToList();
        var isNarrow = context.Spec.Users[index].Rights.Trim() != SpecFields.DefaultRights;
        if (!isNarrow && others.Count == 0)
            return;
        context.Add(
            "W266",
            path,
            isNarrow
                ? "transactions and scripts that the user default may not do in full are lost when a server loads its append-only file: it replays them as that user"
                : $"transactions and scripts of {string.Join(", ", others)} that the user default may not do are lost when a server loads its append-only file: it replays them as that user",
            isNarrow ? $"the user default with the rights that it has by default (`{SpecFields.DefaultRights}`), or no user of that name" : "others without dangerous commands (`-@dangerous`), or no user default",
            "give the application another name (`app.user: app`), where its clients can send one");
    }

    private static bool MayDoWhatIsDangerous(string rights)
    {
        var may = false;
        foreach (var rule in rights.Split(' '))
        {
            if (rule is "-@dangerous" or "-@all" or "nocommands")
                may = false;
            else if (Dangerous.Contains(rule))
                may = true;
        }

        return may;
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
