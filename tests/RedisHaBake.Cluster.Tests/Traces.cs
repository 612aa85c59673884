using Microsoft.Win32.SafeHandles;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>How to recognise a lab on this computer: its files, its namespaces, its cgroup, its name.</summary>
internal sealed class Traces : IDisposable
{
    private static readonly string[] _kinds = ["net", "pid"];
    private readonly string _lab;
    private readonly IReadOnlyList<string> _namespaces;

    // Held open: the kernel gives the number of a namespace that is gone to the next one, which another lab may have made.
    private readonly IReadOnlyList<SafeFileHandle> _held;

    private Traces(RunningLab lab)
    {
        _lab = lab.Plan.Name;
        List<string> paths = [.. _kinds.Select(kind => $"/proc/{lab.KeeperPid}/ns/{kind}")];
        _held = [.. paths.Select(p => File.OpenHandle(p, share: FileShare.ReadWrite | FileShare.Delete))];
        _namespaces = [.. paths.Select(Link).OfType<string>()];
    }

    public static Traces Of(RunningLab lab) => new(lab);

    public void Dispose()
    {
        foreach (var handle in _held)
            handle.Dispose();
    }

    /// <summary>What there still is; empty when all is gone.</summary>
    public IReadOnlyList<string> Left()
    {
        List<string> left = [];
        if (Directory.Exists(LabPaths.Default.Of(_lab)))
            left.Add("files in " + LabPaths.Default.Of(_lab));
        foreach (var mount in File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains($"/{_lab}/", StringComparison.Ordinal)))
            left.Add("mount " + mount);
        foreach (var group in Directory.GetDirectories("/sys/fs/cgroup", "redishabake-lab-" + _lab, new EnumerationOptions { RecurseSubdirectories = true }))
            left.Add("cgroup " + group);
        foreach (var process in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            if (_kinds.Select(kind => Link($"{process}/ns/{kind}")).OfType<string>().Any(_namespaces.Contains))
                left.Add("process " + process);
            else if (Arguments(process).Contains(_lab, StringComparison.Ordinal))
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
