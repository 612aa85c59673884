using System.Text;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Scripts;

namespace RedisHaBake.Lab.Machines;

/// <summary>A machine as a QEMU VM: a disk over the lab's image, a NoCloud disk with its text, its link on the lab's bridge. Entered by SSH.</summary>
internal sealed class QemuDriver(RunningLab lab, string name, string port, string directory, VmShape shape) : IMachineDriver
{
    private const int SmallestDiskMib = 8192;

    /// <inheritdoc/>
    public ProcessIdentity? Init => Processes() is [var qemu, ..] ? qemu : null;

    /// <inheritdoc/>
    // Each look is an SSH session with sudo in it: most of a second of an emulated processor, which is busy booting.
    public TimeSpan Pace => shape.IsEmulated ? TimeSpan.FromSeconds(3) : TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public bool HasDisk => File.Exists(Disk);

    private string Disk => Path.Combine(directory, "disk.qcow2");

    private string Key => Path.Combine(lab.Directory, "key");

    // The keeper's /run: a short path, and gone with the lab.
    private string Sockets => $"/run/{port}";

    /// <inheritdoc/>
    public async Task MakeDiskAsync(LabNode node, int generation, CancellationToken ct)
    {
        var seed = Path.Combine(directory, "seed");
        Seed.WriteDisk(seed, lab.Plan, node, generation, MacOf(port), await PublicKeyAsync(ct));
        await HostCommand.RequireAsync(
            ["xorriso", "-as", "genisoimage", "-quiet", "-output", seed + ".iso", "-volid", "cidata", "-joliet", "-rock", seed], ct: ct);
        Directory.Delete(seed, recursive: true);
        // Made under another name: a half-made disk is none.
        await HostCommand.RequireAsync(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", shape.Image, Disk + ".new", $"{SmallestDiskMib}M"], ct: ct);
        File.Move(Disk + ".new", Disk);
    }

    /// <inheritdoc/>
    public Task DeleteDiskAsync(CancellationToken ct)
    {
        File.Delete(Disk);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken ct) => HostCommand.RequireAsync(
        [
            .. InLab(), "setsid", "bash", "-c", LabScripts.Vm, "redishabake-lab-vm",
            lab.Plan.Name, directory, name, port, MacOf(port), shape.Accelerator, shape.Cpus.ToString(), shape.MemoryMib.ToString(),
        ],
        ct: ct);

    /// <inheritdoc/>
    public IReadOnlyList<ProcessIdentity> Processes() => MachineGroup.Processes(lab, name, "payload");

    /// <inheritdoc/>
    public async Task SetLinkAsync(bool up)
    {
        // The switch's side too: a boot after a power-off finds it down.
        await lab.InNetworkAsync(["ip", "link", "set", port, "up"]);
        await Qmp.ExecuteAsync($"/proc/{lab.KeeperPid}/root{Sockets}.qmp", "set_link", new() { ["name"] = "net0", ["up"] = up });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Entering(IReadOnlyList<string> command, string terminal)
        => [.. Ssh(terminal), string.Join(' ', ((IReadOnlyList<string>)["sudo", "-n", .. Machine.Environment(terminal), .. command]).Select(Quote))];

    /// <inheritdoc/>
    public IReadOnlyList<string> Journal(IReadOnlyList<string> arguments) => Entering(["journalctl", "--no-pager", .. arguments], "dumb");

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct)
    {
        Dictionary<string, string> texts = [];
        if (Init is null)
            return texts;
        const string script = "for file; do [ ! -e \"$file\" ] || { echo \"$file\"; base64 -w 0 \"$file\"; echo; }; done";
        var result = await HostCommand.RunAsync(Entering(["sh", "-c", script, "read", .. paths], "dumb"), "", ct);
        var lines = result.ExitCode == 0 ? result.Output.Split('\n') : [];
        for (var i = 0; i + 1 < lines.Length; i += 2)
            texts[lines[i]] = Encoding.UTF8.GetString(Convert.FromBase64String(lines[i + 1]));
        return texts;
    }

    /// <inheritdoc/>
    public async Task<bool> SignalAsync(string unit, int signal)
    {
        const string script = "pid=$(systemctl show --property=MainPID --value \"$1\") && [ \"$pid\" -gt 0 ] && kill -s \"$2\" \"$pid\"";
        return (await HostCommand.RunAsync(Entering(["sh", "-c", script, "signal", unit, signal.ToString()], "dumb"), "", CancellationToken.None)).ExitCode == 0;
    }

    // From the client beside the machine, which a cut does not part from it. One connection for all that is asked: the first costs an
    // emulated machine a second. It ends with the lab, whose PID namespace it is in.
    private IReadOnlyList<string> Ssh(string terminal)
    {
        if (Init is null)
            throw Machine.IsOff(lab, name);
        return
        [
            .. InLab(), "ssh", "-F", "none", "-i", Key, "-b", lab.Plan.Beside(name), terminal == "dumb" ? "-T" : "-t",
            "-o", "ControlMaster=auto", "-o", $"ControlPath={Sockets}.ssh", "-o", "ControlPersist=60",
            "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
            "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3",
            $"{shape.User}@{lab.Plan.Node(name).Address}", "--",
        ];
    }

    private IReadOnlyList<string> InLab() => ["nsenter", "--target", lab.KeeperPid.ToString(), "--mount", "--net", "--pid", "--"];

    private async Task<string> PublicKeyAsync(CancellationToken ct) => (await File.ReadAllTextAsync(Key + ".pub", ct)).Trim();

    // Locally administered, by the port's number.
    private static string MacOf(string port) => $"52:54:00:00:00:{int.Parse(port["port".Length..]):x2}";

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
