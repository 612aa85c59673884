using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E602 to W604: the passwords that people chose.</summary>
public static class SecretRules
{
    private const int Short = 12;

    // What stands in the tutorial, where everybody can read it.
    private static readonly string[] Published = ["R3plicationP4sswd", "Asdf1234", "<your password>", "<redis password>", "your password", "redis password"];

    /// <summary>Adds every broken rule to <paramref name="problems"/>, never showing a password.</summary>
    public static void Check(ClusterSpec spec, ClusterSecrets secrets, ProblemList problems)
    {
        foreach (var (name, password) in secrets.Users)
        {
            var path = SpecPath.Of("users")[name];
            if (!spec.Users.Any(u => u.Name == name))
            {
                problems.Add(
                    "W604",
                    path,
                    $"the spec has no user {name}",
                    "expected one of " + string.Join(", ", spec.Users.Select(u => u.Name)),
                    "add the user to the spec, or remove the line");
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
