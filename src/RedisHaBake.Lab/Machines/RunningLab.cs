using System.Diagnostics;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Scripts;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Machines;

/// <summary>
/// A lab: machines on a bridge, all in anonymous namespaces that one keeper process owns. With the keeper everything ends at
/// once; its guard then removes the files. Until <see cref="Stay"/> the keeper ends with the process that made it.
/// </summary>
public sealed class RunningLab : IAsyncDisposable
{
    private readonly LabPaths _paths;
    private Process? _guard;

    private RunningLab(LabState state, LabPaths paths)
    {
        State = state;
        _paths = paths;
        Machines = [.. state.Plan.Nodes.Select((node, i) => new Machine(this, node.Name, "port" + (i + 1)))];
    }

    /// <summary>What is known about the lab.</summary>
    public LabState State { get; private set; }

    /// <summary>What the lab consists of.</summary>
    public LabPlan Plan => State.Plan;

    /// <summary>Every machine, on or off, in the plan's order.</summary>
    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>Number of the keeper's process on this computer; its namespaces are the lab's.</summary>
    public int KeeperPid => State.Keeper!.Pid;

    /// <summary>" --name NAME" while several labs run, for commands that a person is told; else empty.</summary>
    public string NameOption => LabState.NameOption(_paths, Plan.Name);

    /// <summary>Directory of the lab's files.</summary>
    internal string Directory => _paths.Of(Plan.Name);

    /// <summary>The machine called <paramref name="node"/>.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public Machine this[string node] => Machines.First(m => m.Node.Name == Plan.Node(node).Name);

    /// <summary>Makes an empty lab: network and namespaces, no machine on. It ends with this process until told to stay.</summary>
    /// <param name="plan">What it consists of.</param>
    /// <param name="layers">Lower directories of the machines' root, topmost first.</param>
    /// <param name="texts">Directory of the generated texts, for people; may be empty.</param>
    /// <param name="paths">Where its files go.</param>
    /// <param name="ct">Gives up; what is half made is removed.</param>
    /// <param name="vm">What the machines look like where they are VMs; null for containers.</param>
    /// <exception cref="LabException">There is a lab of that name, or this machine cannot run one.</exception>
    public static async Task<RunningLab> CreateAsync(
        LabPlan plan, IReadOnlyList<string> layers, string texts, LabPaths paths, CancellationToken ct, VmShape? vm = null)
    {
        await Leftovers.RemoveAsync(paths, ct);
        var directory = paths.Of(plan.Name);
        if (System.IO.Directory.Exists(directory))
            throw new LabException($"the lab {plan.Name} runs already; use it, or run: redishabake lab down --name {plan.Name}");
        System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var state = new LabState(plan, layers, ProcessIdentity.Self, null, null, texts, vm);
        state.Write(directory);
        if (plan.WayOut is { } wayOut)
            Open(wayOut, directory);
        if (vm is not null)
            await HostCommand.RequireAsync(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", plan.Name, "-f", Path.Combine(directory, "key")], ct: ct);
        var guard = HostCommand.Detach(
            [
                "setsid", "bash", "-c", LabScripts.Guard, "redishabake-lab-guard",
                plan.Name, directory, LabScripts.Keeper, LabScripts.Cleanup, BridgeMac(plan), .. BridgeAddresses(plan),
            ]);
        try
        {
            var keeper = await WaitForKeeperAsync(guard, directory, ct);
            state = state with { Guard = ProcessIdentity.Of(guard.Id), Keeper = keeper };
            state.Write(directory);
            return new(state, paths) { _guard = guard };
        }
        catch
        {
            guard.StandardInput.Close();
            await guard.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>A lab that runs.</summary>
    /// <param name="name">Its name; empty for the only one.</param>
    /// <param name="paths">Where its files are.</param>
    /// <exception cref="LabException">There is none of that name, or none or several where no name was given.</exception>
    public static RunningLab Open(string name, LabPaths paths)
    {
        var running = LabState.All(paths).Where(s => s.Keeper is { IsAlive: true }).ToList();
        var names = string.Join(", ", running.Select(s => s.Plan.Name));
        var found = name.Length > 0 ? running.Where(s => s.Plan.Name == name).ToList() : running;
        return found.Count switch
        {
            1 => new(found[0], paths),
            0 when running.Count == 0 => throw new LabException("no lab runs; run: redishabake lab up cluster.yaml"),
            0 => throw new LabException($"no lab \"{name}\" runs; running: {names}"),
            _ => throw new LabException($"several labs run: {names}; say which by --name"),
        };
    }

    /// <summary>
    /// Gives <paramref name="node"/> the address of a machine that is just created, where the portal assigns it then, and answers the text that a
    /// person pastes for it.
    /// </summary>
    internal LabNode Create(string node)
    {
        var created = Plan.Node(node);
        if (!Portal.IsLate(created))
            return created;
        var living = Plan.IsPrivate(created) ? Through(node) : Portal.Living(Machines, node);
        created = Move(node);
        return created with { UserData = Portal.Complete(created, living) };
    }

    /// <summary>Gives <paramref name="node"/> another address, at random, as a portal does that assigns them.</summary>
    internal LabNode Move(string node)
    {
        var moved = Plan.Node(node) with { Address = Portal.Address(Plan, Random.Shared) };
        State = State with { Plan = Plan with { Nodes = [.. Plan.Nodes.Select(n => n.Name == node ? moved : n)] } };
        State.Write(Directory);
        return moved;
    }

    // Nobody pastes a text that does not know how to get out.
    private LabNode Through(string node) => Machines.FirstOrDefault(m => m.Node.Name == Plan.Via && m.IsOn)?.Node
        ?? throw new LabException($"{node} installs through {Plan.Via}, whose address is not known before it is created; boot it first: redishabake lab boot {Plan.Via}{NameOption}");

    /// <summary>Lets the lab outlive this process.</summary>
    public void Stay()
    {
        if (_guard is null)
            return;
        _guard.StandardInput.WriteLine("stay");
        _guard.StandardInput.Close();
        _guard = null;
    }

    /// <summary>Ends every machine at once and removes all that the lab has on this computer.</summary>
    public async Task DownAsync()
    {
        _guard?.StandardInput.Close();
        _guard = null;
        State.Keeper?.Kill();
        for (var i = 0; i < 300 && (State.Keeper is { IsAlive: true } || State.Guard is { IsAlive: true }); i++)
            await Task.Delay(50);
        // Somebody may have taken it down before, and made another one of that name since.
        if (System.IO.Directory.Exists(Directory) && (LabState.Read(Directory) is not { } there || (there.Owner == State.Owner && (there.Keeper is null || there.Keeper == State.Keeper))))
            await Leftovers.RemoveAsync(_paths, Plan.Name);
    }

    /// <summary>Whether somebody has taken the lab down.</summary>
    internal bool IsDown => State.Keeper is not { IsAlive: true };

    /// <summary>Ends when the lab is down, whoever takes it down.</summary>
    public async Task UntilDownAsync(CancellationToken ct)
    {
        while (!IsDown)
            await Task.Delay(TimeSpan.FromSeconds(0.5), ct);
    }

    /// <summary>Removes the files and cgroups of labs that no longer run; returns their names.</summary>
    public static Task<IReadOnlyList<string>> RemoveLeftoversAsync(LabPaths paths) => Leftovers.RemoveAsync(paths);

    /// <summary>Runs redis-cli through the write address, or a proxy where there is none, as the application's user, with this terminal.</summary>
    public Task<int> ClientAsync(IReadOnlyList<string> command, CancellationToken ct)
    {
        // The program comes from a container's own disk: this computer need not have one.
        var cli = Plan.Engine == EngineKind.Redis ? "redis-cli" : "valkey-cli";
        IReadOnlyList<string> where = [];
        if (State.Vm is null)
        {
            where = ["chroot", Machines.Where(m => m.IsOn).Select(m => m.PathOf("/")).FirstOrDefault(r => File.Exists(r + "usr/bin/" + cli))
                ?? throw new LabException($"no machine that is on has {cli}; run: redishabake lab status{NameOption}")];
        }
        else if (!LabRequirements.IsInstalled(cli))
        {
            throw new LabException($"{cli} is not on this computer, and a VM's disk is not its; run: apt-get install {cli[..^4]}-tools");
        }

        var (host, port) = Plan.Client.Write != Words.None ? (Plan.Client.Write, Plan.Client.Port)
            : Plan.Nodes.FirstOrDefault(n => n.Has(NodeRole.Haproxy)) is { } proxy ? (proxy.Address, Plan.Client.WritePort)
            : throw new LabException("this cluster has neither a write address nor a proxy; run redis-cli on a node: redishabake lab exec NODE");
        return HostCommand.AttachAsync(
            [
                "nsenter", "--target", KeeperPid.ToString(), "--net", "--", .. where,
                cli, "-h", host, "-p", port.ToString(), "--user", Plan.Client.User, .. command,
            ],
            new Dictionary<string, string> { ["REDISCLI_AUTH"] = Plan.Client.Password, ["HOME"] = "/", ["REDISCLI_HISTFILE"] = "/dev/null" },
            ct: ct);
    }

    /// <summary>Takes the lab down, unless it was told to stay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_guard is not null)
            await DownAsync();
    }

    /// <summary>
    /// What the programs of every machine said, by time, those of machines that are off as well. VMs keep their journals to themselves:
    /// of those it is one machine after the other, as far as they are on.
    /// </summary>
    /// <param name="since">From when on.</param>
    /// <param name="units">Whose; patterns as of journalctl.</param>
    public async Task<string> JournalAsync(DateTimeOffset since, IReadOnlyList<string> units)
    {
        IReadOnlyList<string> what =
        [
            "journalctl", "--no-pager", "--quiet", "--utc", "--output=short-precise", $"--since=@{since.ToUnixTimeSeconds()}", .. units.Select(u => "--unit=" + u),
        ];
        if (State.Vm is null)
        {
            return await HostCommand.RequireAsync(
                [.. what, .. Machines.Where(m => System.IO.Directory.Exists(m.JournalDirectory)).Select(m => $"--file={m.JournalDirectory}/*/*.journal")]);
        }

        var journals = await Task.WhenAll(Machines.Where(m => m.IsOn).Select(m => m.RunAsync(what)));
        return string.Join('\n', journals.Select(j => j.Output));
    }

    /// <summary>Runs a program of this computer inside the lab's network.</summary>
    internal Task<string> InNetworkAsync(IReadOnlyList<string> command, CancellationToken ct = default)
        => HostCommand.RequireAsync(["nsenter", "--target", KeeperPid.ToString(), "--net", "--", .. command], "", ct);

    // A copy of the package: a machine that is re-created later gets the same one, whatever is built meanwhile.
    private static void Open(WayOut wayOut, string directory)
    {
        File.Copy(wayOut.Package, Path.Combine(directory, Path.GetFileName(wayOut.Package)));
        File.WriteAllLines(
            Path.Combine(directory, "way-out"),
            [$"{WayOut.PackageServer} 80 {Path.GetFileName(wayOut.Package)} package", .. wayOut.Forwards.Select(f => $"{f.Address} {f.Port} {f.Host} {f.Port}")]);
    }

    private static async Task<ProcessIdentity> WaitForKeeperAsync(Process guard, string directory, CancellationToken ct)
    {
        for (var i = 0; i < 200; i++)
        {
            if (guard.HasExited)
                break;
            var unshare = ProcessIdentity.Of(guard.Id)?.Children().Select(ProcessIdentity.Of).OfType<ProcessIdentity>().FirstOrDefault();
            var keeper = unshare?.Children().Select(ProcessIdentity.Of).OfType<ProcessIdentity>().FirstOrDefault();
            if (keeper is not null && File.Exists(Path.Combine(directory, "up")))
                return keeper;
            await Task.Delay(20, ct);
        }

        var log = Path.Combine(directory, "keeper.log");
        var said = File.Exists(log) ? (await File.ReadAllTextAsync(log, ct)).Trim() : "";
        throw new LabException($"the lab's namespaces could not be made: {(said.Length > 0 ? said : "no reason given")}; root and a kernel with namespaces, bridge, veth, overlay and nf_tables are needed");
    }

    // Locally administered, and different for two labs.
    private static string BridgeMac(LabPlan plan)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(plan.Name));
        return "02:" + string.Join(':', hash.Take(5).Select(b => b.ToString("x2")));
    }

    private static IEnumerable<string> BridgeAddresses(LabPlan plan)
        => ((IEnumerable<string>)(plan.Gateway == Words.None ? [] : [plan.Gateway]))
            .Concat(plan.ObserverAddresses())
            .Select(address => $"{address}/{plan.PrefixLength}");
}
