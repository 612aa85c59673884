namespace RedisHaBake.Model.Plan;

/// <summary>An ACL user of a person or an application. The password itself never leaves the generator.</summary>
/// <param name="Name">The user's name; "default" for clients that send only a password.</param>
/// <param name="PasswordSha256">SHA-256 of the password's UTF-8 bytes, 64 lower-case hex digits, as Redis ACLs take it after '#'.</param>
/// <param name="Rights">Redis ACL rules for keys, channels and commands, such as "~* &amp;* +@all -@admin -@dangerous".</param>
/// <param name="Sentinel">Whether the user may ask a Sentinel where the master is (clients with serviceName=).</param>
public sealed record UserPlan(string Name, string PasswordSha256, string Rights, bool Sentinel);
