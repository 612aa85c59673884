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
}
