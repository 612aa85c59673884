using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E260 to E269: the users of people and applications.</summary>
internal static class UserRules
{
    private static readonly string[] Internal = [InternalUsers.Replication, InternalUsers.Sentinel, InternalUsers.HealthCheck, InternalUsers.Agent];

    public static void Check(RuleContext context)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < context.Spec.Users.Count; i++)
        {
            var name = context.Spec.Users[i].Name;
            var path = i == 0 ? SpecPath.Of("app.user") : SpecPath.Root["users"][i - 1]["name"];
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
}
