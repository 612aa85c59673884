using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>Kernel settings for every boot.</summary>
public static class SysctlConf
{
    /// <summary>Sorts after 99-sysctl.conf, which is /etc/sysctl.conf: the last file that names a key wins.</summary>
    public const string Path = "/etc/sysctl.d/99-zz-redishabake.conf";

    /// <summary>The text.</summary>
    public static string Render(NodePlan plan) => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Line("# A leading minus: a machine that does not let a key be set (a container) still boots without a failed unit.")
        .Lines(plan.Kernel.Sysctl.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"-{s.Key} = {s.Value}"))
        .ToString();

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(NodePlan plan) => new(Path, Render(plan));
}
