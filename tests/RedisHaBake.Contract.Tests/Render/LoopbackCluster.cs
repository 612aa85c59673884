using System.Security.Cryptography;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>
/// The rendered files of a whole cluster, run by the real programs on loopback: every node has an address of its own inside 127/8, the
/// write and the read address too, and a directory in place of its root. REDISHABAKE_TEST_ENGINE=valkey runs Valkey instead of Redis.
/// </summary>
internal sealed class LoopbackCluster : IDisposable
{
    public const string Admin = "admin";
    public const string AdminPassword = "not-a-secret";

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(3);
    private static int lastNetwork = RandomNumberGenerator.GetInt32(0, 10_000);

    private readonly NodePlan template;
    private readonly string network;
    private readonly string loopbacks;
    private readonly string root = Directory.CreateTempSubdirectory("redishabake-contract-").FullName;
    private readonly Dictionary<string, RealProgram> programs = [];
    private readonly Dictionary<string, LogSocket> journals = [];

    public LoopbackCluster(NodePlan template)
    {
        // Two networks of 127/8 per cluster, others than those of a cluster that runs beside it.
        var number = Interlocked.Increment(ref lastNetwork);
        network = $"127.{64 + (number / 100 % 60)}.{number % 100 * 2}.";
        loopbacks = $"127.{64 + (number / 100 % 60)}.{(number % 100 * 2) + 1}.";
        this.template = template with
        {
            Cidr = network + "0/24",
            Engine = Environment.GetEnvironmentVariable("REDISHABAKE_TEST_ENGINE") == "valkey" ? new(EngineKind.Valkey, 8) : template.Engine,
            Nodes = [.. template.Nodes.Select((n, i) => n with { Address = $"{network}{11 + i}" })],
            Addresses = template.Addresses with { Write = network + "92", Read = network + "50" },
            Failover = template.Failover with { DownAfterMs = 1000, MinReplicasMaxLagS = 1, TimeoutMs = 2000 },
            Users =
            [
                .. template.Users,
                new(Admin, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(AdminPassword))), "~* &* +@all", true),
            ],
        };
    }

    public EngineLayout Layout => EngineLayout.For(template.Engine.Kind);

    public NodePlan Plan(string node) => template with { Node = node };

    public string Address(string node) => template.Nodes.First(n => n.Name == node).Address;

    public HostFacts Host(string node) => SamplePlan.Host(Address(node)) with
    {
        EngineVersion = VersionOf(Layout.ServerBinary, "--version", "v="),
    };

    /// <summary>Where a path of the node stands here.</summary>
    public string PathOf(string node, string path) => $"{root}/{node}{path}";

    public void Write(string node, ManagedFile file)
    {
        var path = PathOf(node, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Rooted(node, file.Content));
    }

    /// <summary>Starts the node's server as its unit would: the rendered files, and the arguments of the rendered drop-in.</summary>
    public void StartRedis(string node)
    {
        var plan = Plan(node);
        Write(node, UsersAcl.File(plan, Host(node)));
        Write(node, RedisConf.File(plan, Host(node)));
        StartRedisOnItsFiles(node);
    }

    public void StartRedisOnItsFiles(string node)
    {
        Directory.CreateDirectory(PathOf(node, Layout.DataDirectory));
        Directory.CreateDirectory(PathOf(node, "/run/" + Layout.User));
        var dropIn = UnitDropIns.For(Plan(node)).First(f => f.Path == UnitDropIns.PathOf(Layout.ServerUnit)).Content;
        var command = dropIn.Split('\n').Last(l => l.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        var words = command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        words.RemoveAll(w => w is "--supervised" or "systemd");
        Start(node, "redis", words[0], [PathOf(node, words[1]), .. words.Skip(2)]);
    }

    public void StartSentinel(string node)
    {
        Write(node, SentinelAcl.File(Plan(node), Host(node)));
        Write(node, SentinelConf.Seed(Plan(node), Host(node)));
        StartSentinelOnItsFiles(node);
    }

    public void StartSentinelOnItsFiles(string node)
    {
        Directory.CreateDirectory(PathOf(node, Layout.DataDirectory));
        Directory.CreateDirectory(PathOf(node, "/run/sentinel"));
        Start(node, "sentinel", Layout.SentinelBinary, PathOf(node, Layout.SentinelConfig));
    }

    public void StartHaproxy(string node) => StartHaproxy(node, HaproxyCfg.File(Plan(node), Host(node)));

    public void StartHaproxy(string node, ManagedFile config)
    {
        Write(node, config);
        Write(node, HaproxyServerState.File(Plan(node), Host(node)));
        Directory.CreateDirectory(PathOf(node, "/run/haproxy"));
        if (!journals.ContainsKey(node))
            journals[node] = new LogSocket(PathOf(node, "/var/lib/haproxy/dev/log"));
        Start(node, "haproxy", "haproxy", "-f", PathOf(node, HaproxyCfg.Path));
    }

    public RealProgram Program(string node, string kind) => programs[$"{kind} on {node}"];

    /// <summary>What the node's HAProxy logged since its first start.</summary>
    public IReadOnlyList<string> HaproxyLog(string node) => journals[node].Lines;

    public async Task<RespClient> Redis(string node, string user = InternalUsers.Agent)
        => await Connect(Address(node), template.Ports.Redis, user);

    public async Task<RespClient> Sentinel(string node, string user = InternalUsers.Agent)
        => await Connect(Address(node), template.Ports.Sentinel, user);

    /// <summary>One command to the node's Redis as the agent.</summary>
    public async Task<RespValue> AskRedis(string node, params string[] command)
    {
        await using var client = await Redis(node);
        return (await client.CallAsync(command)).OrThrow();
    }

    /// <summary>One command to the node's Sentinel as the agent.</summary>
    public async Task<RespValue> AskSentinel(string node, params string[] command)
    {
        await using var client = await Sentinel(node);
        return (await client.CallAsync(command)).OrThrow();
    }

    public async Task<RespClient> Connect(string address, int port, string user = Admin)
    {
        var secrets = template.Secrets;
        var sentinel = port == template.Ports.Sentinel;
        var password = user switch
        {
            InternalUsers.Agent => secrets.Agent,
            InternalUsers.HealthCheck => secrets.HealthCheck,
            InternalUsers.Replication => secrets.Replication,
            InternalUsers.Sentinel => sentinel ? secrets.SentinelToSentinel : secrets.SentinelToRedis,
            Admin => AdminPassword,
            _ => "",
        };
        return await RespClient.ConnectAsync(new(address, port, user, password), AnswerTime);
    }

    /// <summary>Tells a Sentinel who the master is, and all that is rendered for it to know about a master.</summary>
    public async Task Monitor(string sentinel, string master)
    {
        var plan = Plan(sentinel);
        await using var client = await Sentinel(sentinel);
        (await client.CallAsync("SENTINEL", "MONITOR", plan.MasterName, Address(master), $"{plan.Ports.Redis}", $"{plan.Failover.Quorum}")).OrThrow();
        foreach (var setting in SentinelSettings.For(plan))
            (await client.CallAsync("SENTINEL", "SET", plan.MasterName, setting.Option, setting.Value)).OrThrow();
        await client.CallAsync("SENTINEL", "DEBUG", "INFO-PERIOD", "1000", "PING-PERIOD", "250", "PUBLISH-PERIOD", "500");
    }

    /// <summary>What bootstrap and join do: a master with two synced, fit replicas, known to three Sentinels that know each other.</summary>
    public async Task Bootstrap(string master)
    {
        foreach (var node in template.DataNodes)
            StartRedis(node.Name);
        foreach (var node in template.SentinelNodes)
            StartSentinel(node.Name);
        foreach (var node in template.DataNodes)
            await Until($"{node.Name} answers", async () => (await AskRedis(node.Name, "PING")).Text == "PONG");
        await AskRedis(master, "REPLICAOF", "NO", "ONE");
        foreach (var node in template.DataNodes.Where(n => n.Name != master))
            await Follow(node.Name, master);
        foreach (var node in template.SentinelNodes)
            await Monitor(node.Name, master);
        foreach (var node in template.SentinelNodes)
        {
            await Until($"{node.Name}'s Sentinel knows all others and all replicas", async () =>
            {
                var known = (await AskSentinel(node.Name, "SENTINEL", "MASTER", template.MasterName)).AsPairs();
                return known["num-other-sentinels"] == $"{template.SentinelNodes.Count - 1}" && known["num-slaves"] == $"{template.DataNodes.Count - 1}";
            });
        }
    }

    /// <summary>What the join does on a node that follows.</summary>
    public async Task Follow(string node, string master)
    {
        await AskRedis(node, "REPLICAOF", Address(master), $"{template.Ports.Redis}");
        await Until($"{node} is synced", async () => (await AskRedis(node, "INFO", "replication")).Text.Contains("master_link_status:up"));
        await AskRedis(node, "CONFIG", "SET", "replica-priority", "100");
    }

    /// <summary>Waits, at most 20 s, until the question is answered with yes.</summary>
    public async Task Until(string what, Func<Task<bool>> holds)
    {
        var deadline = TimeProvider.System.GetTimestamp() + (20 * TimeProvider.System.TimestampFrequency);
        Exception? last = null;
        while (TimeProvider.System.GetTimestamp() < deadline)
        {
            try
            {
                if (await holds())
                    return;
            }
            catch (Exception e) when (e is RespException or RespUnreachableException or HttpRequestException)
            {
                last = e;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"20 s passed and not yet: {what}; {last?.Message}\n{string.Join('\n', programs.Select(p => $"--- {p.Key}\n{Tail(p.Value.Output)}"))}");
    }

    /// <summary>What stands for 127.0.0.1 on this node.</summary>
    public string Loopback(string node) => $"{loopbacks}{1 + template.Nodes.TakeWhile(n => n.Name != node).Count()}";

    public void Dispose()
    {
        foreach (var program in programs.Values)
            program.Dispose();
        foreach (var journal in journals.Values)
            journal.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private static Version VersionOf(string program, string option, string before)
    {
        var said = RealProgram.Run(program, option).Output;
        var version = said[(said.IndexOf(before, StringComparison.Ordinal) + before.Length)..].TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
        return Version.Parse(string.Concat(version));
    }

    private static string Tail(string text) => text.Length > 3000 ? "…" + text[^3000..] : text;

    private void Start(string node, string kind, string program, params IReadOnlyList<string> arguments)
    {
        if (programs.Remove($"{kind} on {node}", out var before))
            before.Dispose();
        programs[$"{kind} on {node}"] = RealProgram.Start(program, arguments);
    }

    // 127.0.0.1 would be every node's own: nodes that share a machine need one each. Without root HAProxy cannot change its user.
    private string Rooted(string node, string text)
    {
        var asRoot = Environment.UserName == "root";
        var lines = text.Split('\n')
            .Where(l => asRoot || !l.StartsWith("    user haproxy", StringComparison.Ordinal)
                && !l.StartsWith("    group ", StringComparison.Ordinal) && !l.StartsWith("    chroot ", StringComparison.Ordinal))
            .Select(l => l.StartsWith("bind ", StringComparison.Ordinal) ? l.Replace(" 127.0.0.1", "") : l)
            .Select(l => l.Replace("127.0.0.1:", Loopback(node) + ":").Replace("addr 127.0.0.1 ", $"addr {Loopback(node)} "));
        text = string.Join('\n', lines);
        if (!asRoot)
            text = text.Replace(" /dev/log ", " " + PathOf(node, "/var/lib/haproxy/dev/log") + " ");
        foreach (var directory in (string[])["/etc/redis/", "/etc/valkey/", "/etc/haproxy/", "/var/lib/", "/run/"])
            text = text.Replace(directory, PathOf(node, directory));
        return text;
    }
}
