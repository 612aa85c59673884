using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E602 to W604: the passwords that people chose.</summary>
public static class SecretRules
{
    private const int Short = 12;

    // What stands in the tutorial, where everybody can read it.
    private static readonly string[] Published = ["R3plicationP4sswd", "Asdf1234", "<your password>", "<redis password>", "your password", "redis password"];

    /// <summary>Adds every broken rule to <paramref name="problems"/>, never showing a password.</summary>
    /// <param name="spec">Names the users.</param>
    /// <param name="secrets">The passwords, those made in this run included.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="written">Whether the file itself has a value at a path.</param>
    public static void Check(ClusterSpec spec, ClusterSecrets secrets, ProblemList problems, Func<SpecPath, bool> written)
    {
        var without = spec.Users.Select(u => u.Name).Where(u => !written(SpecPath.Of("users")[u])).ToList();
        foreach (var (name, password) in secrets.Users)
        {
            var path = SpecPath.Of("users")[name];
            if (!spec.Users.Any(u => u.Name == name))
            {
                // A user that left the spec may keep a line here; one that resembles a user without a password is misspelt.
                if (Spelling.Nearest(name, without) is not { } meant)
                    continue;
                problems.Add(
                    "W604",
                    path,
                    $"the spec has no user {name}",
                    $"did you mean `{meant}`?",
                    $"write `{meant}`, or remove the line");
            }
            else if (Published.Contains(password))
            {
                problems.Add(
                    "E602",
                    path,
                    $"the password of {name} is one that the tutorial prints",
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
