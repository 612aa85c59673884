using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Secrets;

/// <summary>Turns the secrets file's values into <see cref="ClusterSecrets"/>, making what is not there yet.</summary>
public static class SecretsReader
{
    /// <summary>The secrets for <paramref name="spec"/>.</summary>
    /// <param name="root">The file's values; null where there is no file yet.</param>
    /// <param name="spec">Names the users that need a password.</param>
    /// <param name="make">Makes a new password of 32 letters and digits.</param>
    /// <param name="problems">Gets what is wrong with the file.</param>
    /// <param name="made">Whether anything was made, so that the file must be written.</param>
    public static ClusterSecrets Read(SpecNode? root, ClusterSpec spec, Func<string> make, ProblemList problems, out bool made)
    {
        var view = View.Empty;
        if (root is not null)
            SecretFields.Root.TryRead(root, SpecPath.Root, problems, out view);
        var written = view.Get(SecretFields.InternalOf);
        var any = false;
        string Internal(Field<string> field) => written.Has(field) ? written.Get(field) : New();
        string New()
        {
            any = true;
            return make();
        }

        if (view.Has(SecretFields.InternalOf) && !problems.HasErrors)
            RefusePart(written, problems);
        var users = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, password) in view.Get(SecretFields.Users))
            users[name] = password;
        foreach (var user in spec.Users.Where(u => !users.ContainsKey(u.Name)))
            users[user.Name] = New();
        var plan = new SecretPlan(
            Internal(SecretFields.Replication),
            Internal(SecretFields.SentinelToRedis),
            Internal(SecretFields.SentinelToSentinel),
            Internal(SecretFields.HealthCheck),
            Internal(SecretFields.Agent),
            Internal(SecretFields.Stats),
            Internal(SecretFields.ClusterId));
        made = any;
        return new(plan, users);
    }

    /// <summary>
    /// E608: a file that was cut off or edited by mistake. Its passwords are made together, once; with new ones a node that is made anew could
    /// not log in to its peers.
    /// </summary>
    /// <param name="lost">What is not there, in words.</param>
    /// <param name="path">Where it was expected.</param>
    /// <param name="problems">Gets the problem.</param>
    public static void Refuse(string lost, SpecPath path, ProblemList problems) => problems.Add(
        "E608",
        path,
        lost,
        "expected all that were made together: running nodes know no others",
        "restore the file from a copy, or take `internal` from `secrets` in a node's /etc/redishabake/node.json; where no node has these passwords, remove the file to have new ones made");

    private static void RefusePart(View written, ProblemList problems)
    {
        var missing = SecretFields.InternalFields.Where(f => !written.Has(f)).Select(f => f.Name).ToList();
        if (missing.Count > 0)
            Refuse($"`internal` lacks {string.Join(", ", missing)}", SpecPath.Of(SecretFields.InternalOf.Name), problems);
    }
}
