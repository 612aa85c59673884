using System.Diagnostics;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Hooks;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Tests.Real;

/// <summary>
/// One node of a real cluster on loopback: a real redis-server and a real redis-sentinel on an address 127.0.0.x of its own, with the
/// rendered files, and the agent's own join and hooks called where systemd would call them.
/// </summary>
internal sealed class LoopbackNode : IDisposable
{
    private readonly string _directory;
    private readonly NodePlan _plan;
    private Process? _redis;
    private Process? _sentinel;

    public LoopbackNode(NodePlan plan, string directory)
    {
        _plan = plan;
        _directory = directory;
        foreach (var made in new[] { "etc/redis", "var/lib/redis", "run/redishabake", "run/redis", "run/sentinel" })
            Directory.CreateDirectory(Path.Combine(directory, made));
        var user = Environment.UserName;
        File.WriteAllText(Path.Combine(directory, "etc/passwd"), $"{user}:x:0:0::/:\nredis:x:0:0::/:\n");
        File.WriteAllText(Path.Combine(directory, "etc/group"), "redis:x:0:\n");
        var root = new MachineRoot(directory);
        var host = new HostFacts(plan.Self.Address, "lo", new(7, 0, 15), new(2, 6, 12), RedisConf.Blank);
        Agent = new AgentContext(root, plan, () => host, Journal, new NoSystemd(), TimeProvider.System);
        Write(UsersAcl.File(plan, host));
        Write(SentinelAcl.File(plan, host));
    }

    public string Name => _plan.Node;

    public AgentContext Agent { get; }

    public ListJournal Journal { get; } = new();

    public RespEndpoint Redis => new(_plan.Self.Address, _plan.Ports.Redis, InternalUsers.Agent, _plan.Secrets.Agent);

    public async Task StartSentinelAsync()
    {
        await HookCommand.RunAsync(Agent, "sentinel-start", CancellationToken.None);
        Rewrite("/etc/redis/sentinel.conf");
        _sentinel = Start("redis-sentinel.log", _directory + "/etc/redis/sentinel.conf", "--sentinel");
    }

    public async Task StartRedisAsync()
    {
        await HookCommand.RunAsync(Agent, "redis-start", CancellationToken.None);
        Rewrite("/etc/redis/redis.conf");
        _redis = Start("redis-server.log", _directory + "/etc/redis/redis.conf", "--replicaof", "127.0.0.1 1", "--replica-priority", "0");
        await HookCommand.RunAsync(Agent, "sentinel-started", CancellationToken.None);
    }

    public Task<int> JoinAsync(CancellationToken ct) => JoinCommand.RunAsync(Agent, ct);

    /// <summary>kill -9, and what systemd runs after it.</summary>
    public async Task KillRedisAsync()
    {
        Kill(ref _redis);
        await HookCommand.RunAsync(Agent, "redis-stopped", CancellationToken.None);
    }

    /// <summary>systemctl stop, with what systemd runs before and after it.</summary>
    public async Task StopRedisAsync()
    {
        await HookCommand.RunAsync(Agent, "redis-stop", CancellationToken.None);
        Kill(ref _redis);
        await HookCommand.RunAsync(Agent, "redis-stopped", CancellationToken.None);
    }

    /// <summary>Ends the Sentinel and takes all that it knew of replicas out of its file.</summary>
    public void ForgetReplicas()
    {
        KillSentinel();
        const string file = "/etc/redis/sentinel.conf";
        Agent.Root.Write(file, string.Join('\n', Agent.Root.Read(file)!.Split('\n').Where(l => !l.Contains("known-replica", StringComparison.Ordinal))));
    }

    public void KillSentinel() => Kill(ref _sentinel);

    public void CrashWithoutHook() => Kill(ref _redis);

    public async Task<string> RoleAsync()
    {
        try
        {
            return await OnceAsync();
        }
        catch (RespUnreachableException)
        {
            // A Sentinel that re-points a Redis ends the connections of all its clients.
            return await OnceAsync();
        }

        async Task<string> OnceAsync()
        {
            await using var redis = await RespClient.ConnectAsync(Redis, TimeSpan.FromSeconds(1));
            return (await redis.CallAsync("ROLE")).OrThrow().Items[0].Text;
        }
    }

    private RespEndpoint Sentinel => Redis with { Port = _plan.Ports.Sentinel };

    /// <summary>Has this node's Sentinel monitor any Redis, as where an address was given to another cluster's node.</summary>
    public async Task MonitorAsync(RespEndpoint master, CancellationToken ct)
    {
        await using var sentinel = await ConnectAsync(Sentinel, ct);
        foreach (var order in (string[][])
        [
            ["MONITOR", _plan.MasterName, master.Host, $"{master.Port}", "2"],
            ["SET", _plan.MasterName, "auth-user", InternalUsers.Sentinel, "auth-pass", _plan.Secrets.SentinelToRedis],
        ])
        {
            (await sentinel.CallAsync(["SENTINEL", .. order], ct)).OrThrow();
        }
    }

    /// <summary>How many other Sentinels this node's own has met.</summary>
    public async Task<string> OtherSentinelsAsync(string masterName)
    {
        await using var sentinel = await ConnectAsync(Sentinel, CancellationToken.None);
        return (await sentinel.CallAsync("SENTINEL", "MASTER", masterName)).AsPairs()["num-other-sentinels"];
    }

    // A Sentinel that was started a moment ago.
    private static async Task<RespClient> ConnectAsync(RespEndpoint endpoint, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await RespClient.ConnectAsync(endpoint, TimeSpan.FromSeconds(1), ct);
            }
            catch (RespUnreachableException) when (attempt < 20)
            {
                await Task.Delay(100, ct);
            }
        }
    }

    public Task SetPriorityAsync(int priority) => new RedisOrders(_plan).SetPriorityAsync(_plan.Self, priority, CancellationToken.None);

    /// <summary>The priority with which this node would go into its next life as a replica.</summary>
    public async Task<string> PriorityAsync()
    {
        await using var redis = await RespClient.ConnectAsync(Redis, TimeSpan.FromSeconds(1));
        return (await redis.CallAsync("CONFIG", "GET", "replica-priority")).OrThrow().Items[1].Text;
    }

    public void Dispose()
    {
        Kill(ref _redis);
        Kill(ref _sentinel);
    }

    private static void Kill(ref Process? process)
    {
        if (process is null)
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    private void Write(ManagedFile file) => Agent.Root.Write(file.Path, file.Content, file.Mode);

    /// <summary>The texts name paths of a machine of its own; three nodes on one machine need theirs under their own directory.</summary>
    private void Rewrite(string path)
    {
        var text = Agent.Root.Read(path)!
            .Replace($"bind {_plan.Self.Address} 127.0.0.1", $"bind {_plan.Self.Address}", StringComparison.Ordinal);
        foreach (var directory in new[] { "/etc/redis", "/var/lib/redis", "/run/redis", "/run/sentinel" })
            text = text.Replace(" " + directory, " " + _directory + directory, StringComparison.Ordinal);
        Agent.Root.Write(path, text);
    }

    private Process Start(string logName, params string[] arguments)
    {
        var log = Path.Combine(_directory, logName);
        var start = new ProcessStartInfo("/usr/bin/redis-server");
        foreach (var argument in (string[])[.. arguments, "--logfile", log])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
