using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// Transparent huge pages at every boot, by systemd-tmpfiles: it runs before basic.target, so before any Redis, and the file belongs to
/// the configuration rather than to a script. The minus sign keeps a container with a read-only /sys from counting as a failed boot.
/// </summary>
public static class HugepagesConf
{
    /// <summary>Where systemd-tmpfiles reads it.</summary>
    public const string Path = "/etc/tmpfiles.d/redishabake-hugepages.conf";

    /// <summary>The kernel's switch.</summary>
    public const string Switch = "/sys/kernel/mm/transparent_hugepage/enabled";

    /// <summary>The text.</summary>
    public static string Render(NodePlan plan) => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Line($"w- {Switch} - - - - {plan.Kernel.TransparentHugepages}")
        .ToString();

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(NodePlan plan) => new(Path, Render(plan));
}
