using RedisHaBake.Lab.Host;

namespace RedisHaBake.Lab.Machines;

/// <summary>One machine of a running lab: a container or a VM with a disk of its own, which stays while the machine is off.</summary>
public sealed class Machine
{
    private readonly RunningLab _lab;
    private readonly IMachineDriver _driver;

    private readonly string _name;

    internal Machine(RunningLab lab, string name, string port)
    {
        _lab = lab;
        _name = name;
        Port = port;
        _driver = lab.State.Vm is { } vm ? new QemuDriver(lab, name, port, Directory, vm) : new NspawnDriver(lab, name, port, Directory);
    }

    /// <summary>Name, address and text; the address may be another one after the machine was created anew.</summary>
    public LabNode Node => _lab.Plan.Node(_name);

    /// <summary>The machine's port on the lab's bridge.</summary>
    public string Port { get; }

    /// <summary>Whether it is on.</summary>
    public bool IsOn => Init is not null;

    /// <summary>Whether somebody has taken its lab down: it never comes back.</summary>
    public bool IsGone => _lab.IsDown;

    /// <summary>How long to leave it alone between two looks at its files, so that looking does not slow it down.</summary>
    public TimeSpan Pace => _driver.Pace;

    /// <summary>The process on this computer that ends with the machine, its PID 1 or its QEMU; null while it is off.</summary>
    public ProcessIdentity? Init => _driver.Init;

    private string Directory => Path.Combine(_lab.Directory, "nodes", _name);

    /// <summary>Switches the machine on; the first time from nothing but its text.</summary>
    public async Task BootAsync(CancellationToken ct = default)
    {
        if (IsOn)
            throw new LabException($"{Node.Name} is on already");
        if (!_driver.HasDisk)
            await MakeBlankAsync(ct);
        await _driver.StartAsync(ct);
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
        var doomed = _driver.Processes();
        foreach (var process in doomed)
            process.Kill();
        for (var start = System.Diagnostics.Stopwatch.GetTimestamp(); IsOn || doomed.Any(p => p.IsAlive); await Task.Delay(10))
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
                throw new LabException($"{Node.Name} is still there 30 s after its power was taken");
        }
    }

    /// <summary>Deletes the machine, if need be while it runs, and makes a blank one of the same name, address and text.</summary>
    public async Task RecreateBlankAsync(CancellationToken ct = default)
    {
        if (IsOn)
            await PowerOffAsync();
        await _driver.DeleteDiskAsync(ct);
        await BootAsync(ct);
    }

    /// <summary>Switches the machine off and on again with another address and the same disk, as where a snapshot is restored.</summary>
    public async Task MoveAsync(CancellationToken ct = default)
    {
        var before = Node.Address;
        var now = _lab.Move(_name).Address;
        var written = await RunAsync(["sh", "-c", $"sed -i 's|{before}/|{now}/|' /etc/netplan/*.yaml && sync"], ct);
        if (written.ExitCode != 0)
            throw new LabException($"{Node.Name} could not be given another address: {written.Error}");
        await PowerOffAsync();
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
    public Task UnplugAsync() => _driver.SetLinkAsync(up: false);

    /// <summary>Gives the carrier back.</summary>
    public Task PlugInAsync() => _driver.SetLinkAsync(up: true);

    /// <summary>Runs a command as root on the machine and waits for its end.</summary>
    public Task<CommandResult> RunAsync(IReadOnlyList<string> command, CancellationToken ct = default)
        => HostCommand.RunAsync(_driver.Entering(command, "dumb"), "", ct);

    /// <summary>Runs a command as root on the machine with this terminal.</summary>
    public Task<int> AttachAsync(IReadOnlyList<string> command, CancellationToken ct = default)
        => HostCommand.AttachAsync(_driver.Entering(command, System.Environment.GetEnvironmentVariable("TERM") ?? "dumb"), ct: ct);

    /// <summary>Runs journalctl on the machine's journal with this terminal; a container's also while it is off.</summary>
    /// <param name="arguments">Arguments of journalctl.</param>
    /// <param name="ct">Ctrl-C. It ends with the lab, too, which would take the files away under one that follows.</param>
    public async Task<int> JournalAsync(IReadOnlyList<string> arguments, CancellationToken ct = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            return await HostCommand.AttachAsync(_driver.Journal(arguments), until: _lab.UntilDownAsync(ended.Token), ct: ct);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    /// <summary>The texts of those files that are there; empty for a machine that is off or cannot be asked yet.</summary>
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct = default) => _driver.ReadAsync(paths, ct);

    /// <summary>Sends a signal to a service's main process.</summary>
    /// <returns>Whether it has one.</returns>
    public Task<bool> SignalAsync(string unit, int signal) => _driver.SignalAsync(unit, signal);

    /// <summary>Where a file of the running machine is seen from this computer.</summary>
    /// <exception cref="LabException">The machine is off, or a VM.</exception>
    public string PathOf(string path) => Container.PathOf(path);

    /// <summary>Where the machine's journals lie on this computer, on or off.</summary>
    /// <exception cref="LabException">It is a VM.</exception>
    public string JournalDirectory => Container.JournalDirectory;

    /// <summary>All that its console has shown so far.</summary>
    public string Console => File.Exists(ConsoleLog) ? File.ReadAllText(ConsoleLog) : "";

    private string ConsoleLog => Path.Combine(Directory, "console.log");

    /// <summary>The main process of a service of the machine, or null when it does not run.</summary>
    /// <exception cref="LabException">It is a VM, whose processes are its own.</exception>
    public ProcessIdentity? MainProcess(string unit) => Container.MainProcess(unit);

    private NspawnDriver Container => _driver as NspawnDriver
        ?? throw new LabException($"{Node.Name} is a VM: its files and processes are not this computer's; run: redishabake lab exec {Node.Name}{_lab.NameOption}");

    /// <summary>What a command on a machine finds around it: nothing of this computer's.</summary>
    internal static IReadOnlyList<string> Environment(string terminal) =>
    [
        "/usr/bin/env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8", "TERM=" + terminal,
    ];

    internal static LabException IsOff(RunningLab lab, string node) => new($"{node} is off; run: redishabake lab heal {node}{lab.NameOption}");

    private Task<string> NftAsync(string command) => _lab.InNetworkAsync(["nft", command]);

    private async Task MakeBlankAsync(CancellationToken ct)
    {
        System.IO.Directory.CreateDirectory(Directory);
        var counter = Path.Combine(Directory, "generation");
        var generation = File.Exists(counter) ? int.Parse(File.ReadAllText(counter)) + 1 : 1;
        await _driver.MakeDiskAsync(_lab.Create(_name), generation, ct);
        File.WriteAllText(counter, generation.ToString());
    }
}
