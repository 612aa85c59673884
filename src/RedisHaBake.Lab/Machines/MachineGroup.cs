using RedisHaBake.Lab.Host;

namespace RedisHaBake.Lab.Machines;

/// <summary>The control groups that hold a machine's processes: seen through the keeper, so that they are the lab's own.</summary>
internal static class MachineGroup
{
    /// <summary>The processes in a group of a machine, as this computer counts; none where there is no such group.</summary>
    public static IReadOnlyList<ProcessIdentity> Processes(RunningLab lab, string node, string group)
    {
        try
        {
            var path = $"/proc/{lab.KeeperPid}/root/sys/fs/cgroup/redishabake-lab-{lab.Plan.Name}/{node}/{group}/cgroup.procs";
            return [.. File.ReadAllLines(path).Select(line => ProcessIdentity.Of(int.Parse(line))).OfType<ProcessIdentity>()];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
