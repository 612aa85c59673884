using System.Text.RegularExpressions;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Model.Secrets;

/// <summary>Every key of the secrets file.</summary>
public static partial class SecretFields
{
    private static readonly Kind<string> Password = new SecretKind("a password of 1 to 512 characters without line ends", PasswordPattern());

    private static readonly Kind<string> Made = new SecretKind("32 letters and digits, as generated", MadePattern(), "restore the file from a copy");

    /// <summary>The passwords of the spec's users.</summary>
    public static readonly Field<IReadOnlyDictionary<string, string>> Users = new(
        "users", new TableKind(Kinds.AclUser, Password, "a mapping of user names and passwords"), "Passwords of the spec's users.", "{}", new Dictionary<string, string>());

    /// <summary>Replica to master.</summary>
    public static readonly Field<string> Replication = Internal("replication");

    /// <summary>Sentinel to Redis.</summary>
    public static readonly Field<string> SentinelToRedis = Internal("sentinelToRedis");

    /// <summary>Sentinel to Sentinel.</summary>
    public static readonly Field<string> SentinelToSentinel = Internal("sentinelToSentinel");

    /// <summary>HAProxy's checks.</summary>
    public static readonly Field<string> HealthCheck = Internal("healthCheck");

    /// <summary>The agents.</summary>
    public static readonly Field<string> Agent = Internal("agent");

    /// <summary>The stats page.</summary>
    public static readonly Field<string> Stats = Internal("stats");

    /// <summary>The cluster's id.</summary>
    public static readonly Field<string> ClusterId = Internal("clusterId");

    /// <summary>The internal passwords, in the file's order.</summary>
    public static readonly IReadOnlyList<Field<string>> InternalFields = [Replication, SentinelToRedis, SentinelToSentinel, HealthCheck, Agent, Stats, ClusterId];

    /// <summary>The internal passwords.</summary>
    public static readonly Field<View> InternalOf = new("internal", new Section([.. InternalFields]) { Remedy = "leave `internal` as it was made: restore the file, or remove this line" }, "Passwords of the cluster's own programs.", "{}", View.Empty);

    /// <summary>The whole file.</summary>
    public static readonly Section Root = new(Users, InternalOf) { Remedy = "write your passwords under `users:`, one `name: password` a line" };

    private static Field<string> Internal(string name) => new(name, Made, "Generated.", "generated", "");

    [GeneratedRegex(@"^[^\r\n\0]{1,512}\z", RegexOptions.None, 1000)]
    private static partial Regex PasswordPattern();

    [GeneratedRegex(@"^[A-Za-z0-9]{32}\z", RegexOptions.None, 1000)]
    private static partial Regex MadePattern();
}
