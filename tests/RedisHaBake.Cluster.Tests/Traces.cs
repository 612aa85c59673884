using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>How to recognise a lab on this computer: its files, its namespaces, its cgroup, its name.</summary>
/// <param name="Lab">The lab's name.</param>
/// <param name="Namespaces">Its network, mount and PID namespaces, as /proc shows them.</param>
internal sealed record Traces(string Lab, IReadOnlyList<string> Namespaces)
{
    private static readonly string[] _kinds = ["net", "mnt", "pid"];

    public static Traces Of(RunningLab lab) => new(lab.Plan.Name, [.. _kinds.Select(kind => Link($"/proc/{lab.KeeperPid}/ns/{kind}")).OfType<string>()]);

    /// <summary>What there still is; empty when all is gone.</summary>
    public IReadOnlyList<string> Left()
    {
        List<string> left = [];
        if (Directory.Exists(LabPaths.Default.Of(Lab)))
            left.Add("files in " + LabPaths.Default.Of(Lab));
        foreach (var mount in File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains($"/{Lab}/", StringComparison.Ordinal)))
            left.Add("mount " + mount);
        foreach (var group in Directory.GetDirectories("/sys/fs/cgroup", "redishabake-lab-" + Lab, new EnumerationOptions { RecurseSubdirectories = true }))
            left.Add("cgroup " + group);
        foreach (var process in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            if (_kinds.Select(kind => Link($"{process}/ns/{kind}")).OfType<string>().Any(Namespaces.Contains))
                left.Add("process " + process);
            else if (Arguments(process).Contains(Lab, StringComparison.Ordinal))
                left.Add($"process {process}: {Arguments(process)}");
        }

        return left;
    }

    private static string? Link(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Arguments(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline").Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
