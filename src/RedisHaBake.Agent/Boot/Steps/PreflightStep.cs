using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// Whether this machine can be what the plan says: address, programs and their versions, disk, memory, clock. Nothing here can be
/// repaired by the agent, so nothing is changed by it, and nothing after it is tried on a machine that fails.
/// </summary>
public sealed class PreflightStep(AgentContext agent, BootStory story) : IStep
{
    private const long LeastFreeBytes = 256L << 20;
    private const long LeastFreeBytesOfOurs = 4L << 20;
    private static readonly DateTimeOffset Oldest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Version OldestRedis = new(7, 0);

    /// <inheritdoc/>
    public string Name => "preflight";

    /// <inheritdoc/>
    /// <exception cref="MachineException">The plan says `address: auto`, and this machine has no such address, or several.</exception>
    public Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
        => agent.AddressProblem.Length > 0 ? throw new MachineException(agent.AddressProblem)
            : IsReplaced ? throw new MachineException(MeetingWords.Replaced(agent.Pasted, agent.Plan.Self.Address, agent.Members))
            : Task.FromResult<IReadOnlyList<Difference>>([.. Packages(), .. Engine(), .. Clock(), .. Memory(), .. Disk(), .. OperatingSystem()]);

    /// <inheritdoc/>
    public Task ApplyAsync(CancellationToken ct) => Task.CompletedTask;

    private bool IsReplaced
        => agent.Members.Nodes.GetValueOrDefault(agent.Plan.Node) is { Version: > 0 } self && self.Address != Words.Auto && self.Address != agent.Plan.Self.Address;

    private IEnumerable<Difference> Packages()
    {
        var self = agent.Plan.Self;
        var packages = agent.Layout.Packages;
        List<(string Program, string Package)> needed = [];
        if (self.Has(NodeRole.Redis))
            needed.Add((agent.Layout.ServerBinary, packages[0]));
        if (self.Has(NodeRole.Sentinel))
            needed.Add((agent.Layout.SentinelBinary, packages[1]));
        if (self.Has(NodeRole.Haproxy))
            needed.Add((HostFactsFinder.Haproxy, "haproxy"));
        if (Model.Render.KeepalivedConf.Runs(agent.Plan))
            needed.Add((HostFactsFinder.Keepalived, "keepalived"));
        if (agent.Plan.Firewall.Enabled)
            needed.Add((Model.Render.FirewallNft.Program, "nftables"));
        return needed.Where(n => !agent.Root.Exists(n.Program))
            .Select(n => new Difference(n.Program, $"package {n.Package}", "no such program", $"run `apt-get install {n.Package}`"));
    }

    private IEnumerable<Difference> Engine()
    {
        // With a program missing the facts cannot be found, and Packages() has said so.
        if (Packages().Any())
            yield break;
        var host = agent.Host;
        if (host.EngineVersion.Major == 0)
            yield break;
        var (kind, major) = agent.Plan.Engine;
        if (kind == EngineKind.Redis && host.EngineVersion < OldestRedis)
            yield return new("redis", "7.0 or newer", $"{host.EngineVersion}, which lacks what Sentinel and the guards need", "install it from packages.redis.io, as the generated user-data does");
        else if (host.EngineVersion.Major != major)
            yield return new(kind.ToString().ToLowerInvariant(), $"major version {major}, as on the other nodes", host.EngineVersion.ToString(), "install that version, or generate with the other one for all nodes");
    }

    private IEnumerable<Difference> Clock()
    {
        var now = agent.Clock.GetUtcNow();
        if (now < Oldest)
            yield return new("clock", $"after {Oldest:yyyy-MM-dd}", $"{now:yyyy-MM-dd HH:mm} UTC", "let the VM synchronise its time (systemd-timesyncd or chrony)");
    }

    private IEnumerable<Difference> Memory()
    {
        var line = (agent.Root.Read("/proc/meminfo") ?? "").Split('\n').FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        if (line is null || !long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], out var kib))
            yield break;
        var wanted = agent.Plan.Self.Has(NodeRole.Redis) ? agent.Plan.Redis.MaxMemory : 0;
        if (wanted > kib * 1024)
            yield return new("memory", $"more than maxmemory, {wanted >> 20} MiB", $"{kib >> 10} MiB", "use a larger VM, or set a smaller maxmemory in the spec");
    }

    // Each may be a file system of its own.
    private IEnumerable<Difference> Disk()
    {
        List<(string Directory, long Least, string Use)> wanted = [("/etc", LeastFreeBytesOfOurs, "configuration"), ("/var/lib/redishabake", LeastFreeBytesOfOurs, "the agent's files")];
        if (agent.Plan.Self.Has(NodeRole.Redis))
            wanted.Insert(0, (agent.Layout.DataDirectory, LeastFreeBytes, "Redis's files"));
        return from w in wanted
               let free = agent.FreeBytes(w.Directory)
               where free < w.Least
               select new Difference(
                   w.Directory, $"{w.Least >> 20} MiB free for {w.Use}", $"{free >> 20} MiB", $"free some space on that file system (df -h {w.Directory}), or attach a larger disk");
    }

    private IEnumerable<Difference> OperatingSystem()
    {
        var lines = (agent.Root.Read("/etc/os-release") ?? "").Split('\n');
        string Value(string key) => lines.FirstOrDefault(l => l.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..].Trim('"') ?? "";
        var name = $"{Value("ID")}-{Value("VERSION_ID")}";
        if (Model.Spec.OperatingSystem.All.All(o => o.Name != name))
            story.Degrade($"the operating system is {name}; tried are {string.Join(", ", Model.Spec.OperatingSystem.All.Select(o => o.Name))}");
        return [];
    }
}
