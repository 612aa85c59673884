using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E602 to W605: the passwords that people chose.</summary>
public static class SecretRules
{
    private const int Short = 12;

    /// <summary>The password of every user in the worked examples.</summary>
    public const string ForShow = "example-password-do-not-use";

    // What stands in the tutorial, where everybody can read it.
    private static readonly string[] Published = ["R3plicationP4sswd", "Asdf1234", "<your password>", "<redis password>", "your password", "redis password"];

    /// <summary>Adds every broken rule to <paramref name="problems"/>, never showing a password.</summary>
    /// <param name="spec">Names the users.</param>
    /// <param name="secrets">The passwords, those made in this run included.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="written">Whether the file itself has a value at a path.</param>
    /// <param name="example">Whether it is the worked examples' file: several specs share it, and its passwords are for show.</param>
    public static void Check(ClusterSpec spec, ClusterSecrets secrets, ProblemList problems, Func<SpecPath, bool> written, bool example)
    {
        var without = spec.Users.Select(u => u.Name).Where(u => !written(SpecPath.Of("users")[u])).ToList();
        foreach (var (name, password) in secrets.Users)
        {
            var path = SpecPath.Of("users")[name];
            if (!spec.Users.Any(u => u.Name == name))
            {
                var meant = Spelling.Nearest(name, without);
                if (example && meant is null)
                    continue;
                problems.Add(
                    "W604",
                    path,
                    $"the spec has no user {name}",
                    meant is null ? "expected " + string.Join(", ", spec.Users.Select(u => u.Name)) : $"did you mean `{meant}`?",
                    meant is null ? "remove the line if that user has gone, or add the user to the spec's `users`" : $"write `{meant}`, or remove the line");
            }
            else if (Published.Contains(password) || (!example && password == ForShow))
            {
                problems.Add(
                    "E602",
                    path,
                    $"the password of {name} is one that everybody can read in the tutorial or the worked examples",
                    "expected a password that nobody else knows",
                    "remove the line to have one made, or write another");
            }
            else if (password.EnumerateRunes().Count() < Short)
            {
                problems.Add(
                    "W603",
                    path,
                    $"the password of {name} has fewer than {Short} characters",
                    $"expected {Short} or more: Redis answers a hundred thousand guesses a second",
                    "remove the line to have one made, or write a longer one");
            }
        }
    }
}
