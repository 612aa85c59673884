using System.Net.Sockets;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>
/// A VM just after its packages were installed, as a directory: Debian's Redis, Sentinel and HAProxy run on configurations of their
/// own, and node.json's plan waits to be applied. Its two peers are there already.
/// </summary>
internal sealed class FakeMachine : IDisposable
{
    // In memory where there is such a place: each file is fsynced twice, and hundreds of machines are made.
    private readonly string _directory = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "redishabake-boot-" + Guid.NewGuid().ToString("N"))).FullName;

    private static int _lastPort = 20_000 + (Environment.ProcessId % 4_000);

    private readonly List<FakeRedis> _peers = [];
    private string _master = "";

    /// <param name="change">Another plan than the tutorial's.</param>
    /// <param name="ports">Ports of another machine that is gone, so that the rendered texts are the same; by default free ones.</param>
    public FakeMachine(Func<NodePlan, NodePlan>? change = null, PortPlan? ports = null)
    {
        var sample = SamplePlan.Tutorial();
        var nodes = sample.Nodes.Select((n, i) => n with { Address = $"127.0.2.{11 + i}" }).ToList();
        (Plan, Proxy, Redis) = Listen(sample with { Cidr = "127.0.0.0/8", Nodes = nodes }, change, ports);
        Root = new(_directory);
        Journal = new(Cut);
        Programs = new(Cut);
        Systemd = new(Root, Cut) { Started = Started, Stopped = Stopped };
        Lay();
        Agent = NewAgent();
    }

    public PowerCut Cut { get; } = new();

    /// <summary>What the next run finds in node.json.</summary>
    public NodePlan Plan { get; set; }

    public MachineRoot Root { get; }

    public TimeProvider Clock { get; } = new FastClock();

    public FakeJournal Journal { get; }

    public FakePrograms Programs { get; }

    public FakeSystemd Systemd { get; }

    public FakeRedis Proxy { get; }

    /// <summary>This machine's own Redis: what it would answer, whether it runs or not.</summary>
    public FakeRedis Redis { get; }

    public AgentContext Agent { get; private set; }

    /// <summary>What is free where; all other directories have room.</summary>
    public Dictionary<string, long> FreeBytes { get; } = [];

    /// <summary>Whether the join settles by itself when Redis has started.</summary>
    public bool JoinSettles { get; set; } = true;

    /// <summary>Whether another proxy has the floating address.</summary>
    public bool AddressElsewhere { get; set; }

    /// <summary>Whether the provider lets the address serve on another proxy than this node.</summary>
    public bool AddressMoves { get; set; } = true;

    /// <summary>Whether the proxies hear each other's advertisements.</summary>
    public bool VrrpPasses { get; set; } = true;

    /// <summary>One run of a new agent process.</summary>
    public Task ApplyAsync(bool again = false, CancellationToken ct = default)
    {
        Agent = NewAgent();
        return BootSequence.ApplyAsync(Agent, again, ct);
    }

    public async Task<IReadOnlyList<string>> PlanAsync()
        => [.. (await SequenceRunner.PlanAsync(BootSequence.Steps(Agent, new BootStory(Agent)), CancellationToken.None)).Select(d => $"{d.Step}: {d.Difference}")];

    /// <summary>Every file with its permissions, but what carries a time.</summary>
    public string Tree() => string.Join("\n", Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories)
        .Select(f => f[_directory.Length..])
        .Where(f => f is not BootReport.RunFile and not BootReport.ReadyFile and not BootReport.DurableReadyFile and not JoinState.File
            && !f.StartsWith("/run/redishabake/loaded/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(f => $"{f} {Convert.ToString((int)Root.Status(f)!.Value.Mode, 8)}\n{Root.Read(f)}"));

    public string Services() => string.Join("\n", Systemd.Units.Select(u =>
        $"{u.Key} {(u.Value.Active ? "running" : "stopped")} {(u.Value.Enabled ? "enabled" : "disabled")} drop-in {(u.Value.StartedWith is null ? "none" : "ours")}"));

    public void Dispose()
    {
        Proxy.Dispose();
        Redis.Dispose();
        foreach (var peer in _peers)
            peer.Dispose();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private AgentContext NewAgent()
        => new(Root, Plan, () => SamplePlan.Host(Agent!.Plan.Self.Address), Journal, Systemd, Clock)
        {
            Programs = Programs,
            FreeBytes = directory => FreeBytes.TryGetValue(directory, out var free) ? free : null,
        };

    // What the hooks and the join would do, and nft for the firewall's unit.
    private void Started(string unit)
    {
        Programs.FirewallLoaded |= unit == FirewallNft.Unit;
        if (unit == UnitDropIns.KeepalivedUnit)
            KeepalivedStarted();
        if (unit == Agent.Layout.ServerUnit)
        {
            Systemd.Units[UnitDropIns.JoinUnit].Active = true;
            foreach (var (name, value) in RedisSettings.For(Agent.Plan, Agent.Host))
                Redis.Config[name] = value.Replace("\"", "");
        }

        if ((unit == Agent.Layout.ServerUnit || unit == UnitDropIns.JoinUnit) && JoinSettles)
        {
            _master = Agent.Plan.Nodes[0].Address;
            new JoinState(JoinPhase.Settled, "this node is master", Clock.GetUtcNow(), true).Write(Root);
            Systemd.Units[UnitDropIns.JoinUnit].Active = false;
        }
    }

    private void Stopped(string unit)
    {
        Programs.FirewallLoaded &= unit != FirewallNft.Unit;
        if (unit == UnitDropIns.KeepalivedUnit && Programs.Addresses.RemoveAll(a => a.Address == Plan.Addresses.Write) > 0)
        {
            AddressElsewhere = true;
            Proxy.LeadsNowhere = !AddressMoves;
        }
    }

    // nopreempt: what another proxy has stays there, unless this one does not hear of it, or was told to take it.
    private void KeepalivedStarted()
    {
        Proxy.LeadsNowhere = false;
        var takes = !AddressElsewhere || !VrrpPasses || Root.Read(KeepalivedConf.Path)!.Contains("priority 254", StringComparison.Ordinal);
        if (!takes || Programs.Addresses.Any(a => a.Address == Plan.Addresses.Write))
            return;
        Programs.Addresses.Add(new("eth0", Plan.Addresses.Write, 32));
        AddressElsewhere = false;
    }

    private void Lay()
    {
        void Put(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_directory + path)!);
            File.WriteAllText(_directory + path, text);
        }

        Put("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
        Put("/etc/passwd", "root:x:0:0::/:\nredis:x:101:101::/:\nhaproxy:x:102:102::/:\n");
        Put("/etc/group", "root:x:0:\nredis:x:101:\nhaproxy:x:102:\n");
        Put("/etc/haproxy/haproxy.cfg", "# Debian's own\n");
        Put("/proc/meminfo", "MemTotal:        2014292 kB\n");
        Put(HugepagesConf.Switch, "always [madvise] never\n");
        foreach (var key in Plan.Kernel.Sysctl.Keys)
            Put("/proc/sys/" + key.Replace('.', '/'), "0\n");
        foreach (var program in new[] { "/usr/bin/redis-server", "/usr/bin/redis-sentinel", "/usr/sbin/haproxy", "/usr/sbin/keepalived", "/usr/sbin/nft" })
            Put(program, "");
        foreach (var unit in new[] { "redis-server.service", "redis-sentinel.service", "haproxy.service" })
            Systemd.Units[unit] = new() { Active = true, Enabled = true, Started = DateTimeOffset.UtcNow };
        Systemd.Units[UnitDropIns.KeepalivedUnit] = new() { Enabled = true };
        Systemd.Units[UnitDropIns.JoinUnit] = new();
    }

    // Each machine has ports of its own, below those that the system gives to clients: a machine that comes after another one takes that
    // one's ports again, and nobody may have taken them meanwhile.
    private (NodePlan Plan, FakeRedis Proxy, FakeRedis Redis) Listen(NodePlan sample, Func<NodePlan, NodePlan>? change, PortPlan? ports)
    {
        for (var attempt = 0; ; attempt++)
        {
            List<FakeRedis> opened = [];
            try
            {
                opened.Add(new FakeRedis("127.0.2.10", ports?.Redis ?? NextPort(), () => ""));
                var sentinelPort = ports?.Sentinel ?? NextPort();
                foreach (var node in sample.Nodes)
                    opened.Add(new(node.Address, sentinelPort, () => _master));
                var plan = sample with
                {
                    Addresses = new(AddressMode.Floating, "127.0.2.10", "127.0.2.10", Words.None),
                    // Something must answer where the other proxies listen.
                    Ports = sample.Ports with { Redis = opened[0].Port, Sentinel = sentinelPort, Write = sentinelPort },
                };
                plan = change?.Invoke(plan) ?? plan;
                opened.Add(new FakeRedis(plan.Self.Address, plan.Ports.Redis, () => ""));
                _peers.AddRange(opened[1..^1]);
                return (plan, opened[0], opened[^1]);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < 20)
            {
                opened.ForEach(o => o.Dispose());
                // A listener that was just closed may have its port until a pending accept has ended.
                Thread.Sleep(50);
            }
        }
    }

    private static int NextPort() => Interlocked.Increment(ref _lastPort);
}
