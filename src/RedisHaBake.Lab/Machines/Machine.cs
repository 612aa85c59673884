using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Scripts;

namespace RedisHaBake.Lab.Machines;

/// <summary>One machine of a running lab: a systemd-nspawn container with an overlay of its own, which stays while the machine is off.</summary>
public sealed class Machine
{
    private readonly RunningLab _lab;

    internal Machine(RunningLab lab, LabNode node, string port)
    {
        _lab = lab;
        Node = node;
        Port = port;
    }

    /// <summary>Name, address and text.</summary>
    public LabNode Node { get; }

    /// <summary>The machine's port on the lab's bridge.</summary>
    public string Port { get; }

    /// <summary>Whether it is on.</summary>
    public bool IsOn => Init is not null;

    /// <summary>Its PID 1, as this computer counts; null while it is off.</summary>
    public ProcessIdentity? Init => Processes("payload/init.scope").Concat(Processes("payload")).FirstOrDefault();

    private string Directory => Path.Combine(_lab.Directory, "nodes", Node.Name);

    private string Upper => Path.Combine(Directory, "upper");

    private string Group => $"/proc/{_lab.KeeperPid}/root/sys/fs/cgroup/redishabake-lab-{_lab.Plan.Name}/{Node.Name}";

    /// <summary>Switches the machine on; the first time from nothing but its text.</summary>
    public async Task BootAsync(CancellationToken ct = default)
    {
        if (IsOn)
            throw new LabException($"{Node.Name} is on already");
        if (!System.IO.Directory.Exists(Upper))
            MakeBlank();
        await HostCommand.RequireAsync(
            [
                "nsenter", "--target", _lab.KeeperPid.ToString(), "--mount", "--net", "--pid", "--",
                "setsid", "bash", "-c", LabScripts.Machine, "redishabake-lab-machine",
                _lab.Plan.Name, Directory, Node.Name, Port, string.Join(':', _lab.State.Layers), _lab.Plan.Interface,
            ],
            ct: ct);
        for (var i = 0; i < 1500; i++)
        {
            if (IsOn)
                return;
            await Task.Delay(20, ct);
        }

        throw new LabException($"{Node.Name} did not start within 30 s; its console: {ConsoleLog}");
    }

    /// <summary>Cuts the power: from one moment to the next not a frame and not an instruction more. What was on its disk stays.</summary>
    public async Task PowerOffAsync()
    {
        // First the link: a killed process's sockets would still tell its peers good-bye, which a dead machine's do not.
        await _lab.InNetworkAsync(["ip", "link", "set", Port, "down"]);
        var doomed = Processes("supervisor").Append(Init).OfType<ProcessIdentity>().ToList();
        foreach (var process in doomed)
            process.Kill();
        for (var i = 0; i < 500 && (IsOn || doomed.Any(p => p.IsAlive)); i++)
            await Task.Delay(10);
    }

    /// <summary>Deletes the machine, if need be while it runs, and makes a blank one of the same name, address and text.</summary>
    public async Task RecreateBlankAsync(CancellationToken ct = default)
    {
        if (IsOn)
            await PowerOffAsync();
        await HostCommand.RequireAsync(["nsenter", "--target", _lab.KeeperPid.ToString(), "--mount", "--pid", "--", "umount", Path.Combine(Directory, "root")], ct: ct);
        await HostCommand.RequireAsync(["rm", "-rf", "--one-file-system", Upper, Path.Combine(Directory, "work")], ct: ct);
        await BootAsync(ct);
    }

    /// <summary>Loses every frame from and to the machine, without a word to anybody; only the lab's client beside it still reaches it.</summary>
    public async Task CutAsync()
    {
        await NftAsync($"add element bridge lab beside {{ \"{Port}\" . {_lab.Plan.Beside(Node.Name)} }}");
        await NftAsync($"add element bridge lab cut {{ \"{Port}\" }}");
    }

    /// <summary>Ends the cut, if there is one.</summary>
    public async Task UncutAsync()
    {
        // Adding first: deleting what is not there is an error.
        await NftAsync($"add element bridge lab cut {{ \"{Port}\" }}; delete element bridge lab cut {{ \"{Port}\" }}");
    }

    /// <summary>Takes the carrier from the machine's link, which it notices.</summary>
    public Task UnplugAsync() => _lab.InNetworkAsync(["ip", "link", "set", Port, "down"]);

    /// <summary>Gives the carrier back.</summary>
    public Task PlugInAsync() => _lab.InNetworkAsync(["ip", "link", "set", Port, "up"]);

    /// <summary>Runs a command as root on the machine and waits for its end.</summary>
    public Task<CommandResult> RunAsync(IReadOnlyList<string> command, CancellationToken ct = default)
        => HostCommand.RunAsync(Enter(command, "dumb"), "", ct);

    /// <summary>Runs a command as root on the machine with this terminal.</summary>
    public Task<int> AttachAsync(IReadOnlyList<string> command, CancellationToken ct = default)
        => HostCommand.AttachAsync(Enter(command, Environment.GetEnvironmentVariable("TERM") ?? "dumb"), ct: ct);

    /// <summary>Runs journalctl on the machine's journal, on or off, with this terminal.</summary>
    public Task<int> JournalAsync(IReadOnlyList<string> arguments, CancellationToken ct = default)
        => HostCommand.AttachAsync(["journalctl", "--no-pager", "--directory=" + JournalDirectory, .. arguments], ct: ct);

    /// <summary>Where a file of the running machine is seen from this computer.</summary>
    /// <exception cref="LabException">The machine is off.</exception>
    public string PathOf(string path) => $"/proc/{RequireInit().Pid}/root{path}";

    /// <summary>Where the machine's journals lie on this computer, on or off.</summary>
    public string JournalDirectory => Path.Combine(Upper, "var/log/journal");

    /// <summary>All that its console has shown so far.</summary>
    public string Console => File.Exists(ConsoleLog) ? File.ReadAllText(ConsoleLog) : "";

    private string ConsoleLog => Path.Combine(Directory, "console.log");

    /// <summary>The main process of a service of the machine, or null when it does not run.</summary>
    public ProcessIdentity? MainProcess(string unit)
    {
        var init = Init;
        var children = init?.Children() ?? [];
        return Processes("payload/system.slice/" + unit).FirstOrDefault(p => children.Contains(p.Pid));
    }

    private Task<string> NftAsync(string command) => _lab.InNetworkAsync(["nft", command]);

    private void MakeBlank()
    {
        var counter = Path.Combine(Directory, "generation");
        var generation = File.Exists(counter) ? int.Parse(File.ReadAllText(counter)) + 1 : 1;
        foreach (var part in (string[])["upper", "work", "root"])
            System.IO.Directory.CreateDirectory(Path.Combine(Directory, part));
        Seed.Write(Upper, _lab.Plan, Node, generation);
        File.WriteAllText(counter, generation.ToString());
    }

    private List<string> Enter(IReadOnlyList<string> command, string terminal) =>
    [
        "nsenter", "--target", RequireInit().Pid.ToString(), "--all", "--",
        "/usr/bin/env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8", "TERM=" + terminal,
        .. command,
    ];

    private ProcessIdentity RequireInit() => Init ?? throw new LabException($"{Node.Name} is off; run: redishabake lab heal {Node.Name}");

    private IEnumerable<ProcessIdentity> Processes(string group)
    {
        try
        {
            return [.. File.ReadAllLines(Path.Combine(Group, group, "cgroup.procs")).Select(line => ProcessIdentity.Of(int.Parse(line))).OfType<ProcessIdentity>()];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
