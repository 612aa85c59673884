using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Machine;

/// <summary>Reads the kernel's settings from /proc/sys and /sys.</summary>
public static class KernelSettings
{
    /// <summary>Every setting of the plan, in its order, transparent huge pages last.</summary>
    public static IReadOnlyList<KernelSetting> Of(MachineRoot root, KernelPlan plan) =>
    [
        .. plan.Sysctl.Select(s => Setting(root, s.Key, "/proc/sys/" + s.Key.Replace('.', '/'), s.Value)),
        Setting(root, "transparent_hugepage", HugepagesConf.Switch, plan.TransparentHugepages),
    ];

    /// <summary>Whether this machine is a container: systemd notes there what kind its own one is.</summary>
    public static bool InContainer(MachineRoot root) => root.Exists("/run/systemd/container");

    private static KernelSetting Setting(MachineRoot root, string name, string path, string expected)
        => root.Read(path) is { } text
            ? new(name, path, expected, Chosen(text), root.IsWritable(path))
            : new(name, path, expected, "nothing", IsWritable: false);

    // "always madvise [never]" is never; "4096 131072 6291456" has tabs in /proc.
    private static string Chosen(string text)
    {
        var open = text.IndexOf('[');
        return open >= 0 && text.IndexOf(']') is var close && close > open
            ? text[(open + 1)..close]
            : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
