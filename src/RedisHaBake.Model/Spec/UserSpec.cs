namespace RedisHaBake.Model.Spec;

/// <summary>A user of the spec; the password stands in the secrets file.</summary>
/// <param name="Name">ACL user name; "default" for clients that send only a password.</param>
/// <param name="Rights">Redis ACL rules for keys, channels and commands.</param>
/// <param name="Sentinel">Whether the user may ask a Sentinel where the master is.</param>
public sealed record UserSpec(string Name, string Rights, bool Sentinel);
