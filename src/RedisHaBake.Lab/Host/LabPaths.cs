namespace RedisHaBake.Lab.Host;

/// <summary>Where the lab keeps its files on this machine.</summary>
/// <param name="State">One directory per running lab; gone with the lab. Must allow overlay mounts (ext4, xfs, btrfs).</param>
/// <param name="Cache">Root filesystems; made once, kept.</param>
public sealed record LabPaths(string State, string Cache)
{
    /// <summary>/var/lib and /var/cache, or what REDISHABAKE_LAB_STATE and REDISHABAKE_LAB_CACHE say.</summary>
    public static LabPaths Default { get; } = new(
        Environment.GetEnvironmentVariable("REDISHABAKE_LAB_STATE") ?? "/var/lib/redishabake-lab",
        Environment.GetEnvironmentVariable("REDISHABAKE_LAB_CACHE") ?? "/var/cache/redishabake");

    /// <summary>The directory of the lab called <paramref name="name"/>.</summary>
    public string Of(string name) => Path.Combine(State, name);
}
