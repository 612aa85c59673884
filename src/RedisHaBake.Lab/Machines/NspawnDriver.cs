using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Scripts;

namespace RedisHaBake.Lab.Machines;

/// <summary>A machine as a systemd-nspawn container with an overlay of its own.</summary>
internal sealed class NspawnDriver(RunningLab lab, string name, string port, string directory) : IMachineDriver
{
    /// <inheritdoc/>
    public ProcessIdentity? Init => In("payload/init.scope").Concat(In("payload")).FirstOrDefault();

    /// <inheritdoc/>
    public TimeSpan Pace => TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public bool HasDisk => Directory.Exists(Upper);

    /// <summary>Where the machine's journals lie on this computer, on or off.</summary>
    public string JournalDirectory => Path.Combine(Upper, "var/log/journal");

    private string Upper => Path.Combine(directory, "upper");

    /// <inheritdoc/>
    public Task MakeDiskAsync(LabNode node, int generation, CancellationToken ct)
    {
        foreach (var part in (string[])["upper", "work", "root"])
            Directory.CreateDirectory(Path.Combine(directory, part));
        Seed.Write(Upper, lab.Plan, node, generation);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DeleteDiskAsync(CancellationToken ct)
    {
        await HostCommand.RequireAsync(["nsenter", "--target", lab.KeeperPid.ToString(), "--mount", "--pid", "--", "umount", Path.Combine(directory, "root")], ct: ct);
        await HostCommand.RequireAsync(["rm", "-rf", "--one-file-system", Upper, Path.Combine(directory, "work")], ct: ct);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken ct) => HostCommand.RequireAsync(
        [
            "nsenter", "--target", lab.KeeperPid.ToString(), "--mount", "--net", "--pid", "--",
            "setsid", "bash", "-c", LabScripts.Machine, "redishabake-lab-machine",
            lab.Plan.Name, directory, name, port, string.Join(':', lab.State.Layers), lab.Plan.Interface,
        ],
        ct: ct);

    /// <inheritdoc/>
    public IReadOnlyList<ProcessIdentity> Processes() => [.. In("supervisor").Append(Init).OfType<ProcessIdentity>()];

    /// <inheritdoc/>
    public Task SetLinkAsync(bool up) => lab.InNetworkAsync(["ip", "link", "set", port, up ? "up" : "down"]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Entering(IReadOnlyList<string> command, string terminal) =>
    [
        "nsenter", "--target", RequireInit().Pid.ToString(), "--all", "--", .. Machine.Environment(terminal), .. command,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Journal(IReadOnlyList<string> arguments) => ["journalctl", "--no-pager", "--directory=" + JournalDirectory, .. arguments];

    /// <summary>Where a file of the running machine is seen from this computer.</summary>
    /// <exception cref="LabException">The machine is off.</exception>
    public string PathOf(string path) => $"/proc/{RequireInit().Pid}/root{path}";

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct)
    {
        Dictionary<string, string> texts = [];
        foreach (var path in paths)
        {
            try
            {
                texts[path] = File.ReadAllText(PathOf(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or LabException)
            {
                // Not there, or the machine has just gone.
            }
        }

        return Task.FromResult<IReadOnlyDictionary<string, string>>(texts);
    }

    /// <inheritdoc/>
    public Task<bool> SignalAsync(string unit, int signal)
    {
        var process = MainProcess(unit);
        process?.Signal(signal);
        return Task.FromResult(process is not null);
    }

    /// <summary>The main process of a service of the machine, or null when it does not run.</summary>
    public ProcessIdentity? MainProcess(string unit)
    {
        var init = Init;
        var children = init?.Children() ?? [];
        return In("payload/system.slice/" + unit).FirstOrDefault(p => children.Contains(p.Pid));
    }

    private ProcessIdentity RequireInit() => Init ?? throw Machine.IsOff(lab, name);

    private IReadOnlyList<ProcessIdentity> In(string group) => MachineGroup.Processes(lab, name, group);
}
