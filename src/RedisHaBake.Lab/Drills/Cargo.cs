using System.Diagnostics;
using RedisHaBake.Lab.Host;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Lab.Drills;

/// <summary>A gigabyte of values that do not compress, so that a Redis that restarts has something to load.</summary>
internal static class Cargo
{
    private const int ValueBytes = 4096;
    private const int Values = 1024 * 1024 * 1024 / ValueBytes;
    private const int Together = 64;

    // Replicas are waited for this often: a master drops one that has fallen 256 MB behind.
    private const int WaitEvery = 64;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    // A rewrite of the append-only file, or a snapshot, of 1 GB takes a busy core a minute; a full sync on the way another.
    private static readonly TimeSpan _saving = TimeSpan.FromMinutes(5);
    private const int RestSeconds = 3;

    /// <summary>Writes it, unless it is there, and waits until no node is busy with it.</summary>
    public static async Task LoadAsync(Scene scene)
    {
        var plan = scene.Lab.Plan;
        var replicas = scene.DataNodes.Count - 1;
        await NetworkNamespace.RunAsync(scene.Lab.KeeperPid, () =>
        {
            using var connection = Connect(scene);
            if (Call(connection, "EXISTS", Key(plan.Client.KeyPrefix, Values - 1)).AsNumber() == 1)
                return false;
            scene.Say("1 GB is being written");
            var random = new Random(1);
            for (var first = 0; first < Values; first += Together)
            {
                scene.Token.ThrowIfCancellationRequested();
                string[] command = ["MSET", .. Enumerable.Range(first, Together).SelectMany(i => (string[])[Key(plan.Client.KeyPrefix, i), Value(random)])];
                Call(connection, command);
                if (first / Together % WaitEvery == 0)
                    Call(connection, "WAIT", $"{replicas}", "10000");
            }

            Call(connection, "WAIT", $"{replicas}", "30000");
            return true;
        });

        // What the writing, or the run before, set going on the nodes is not what the drill is about. One may follow at once on another.
        scene.Say("waiting until every node has saved what was written");
        var start = Stopwatch.GetTimestamp();
        for (var rest = 0; rest < RestSeconds && Stopwatch.GetElapsedTime(start) < _saving;)
        {
            rest = (await Task.WhenAll(scene.DataNodes.Select(m => IdleAsync(scene, m.Node.Name)))).Contains(false) ? 0 : rest + 1;
            await scene.HoldAsync(1);
        }
    }

    /// <summary>Takes it away.</summary>
    public static Task UnloadAsync(Scene scene) => NetworkNamespace.RunAsync(scene.Lab.KeeperPid, () =>
    {
        using var connection = Connect(scene);
        foreach (var keys in Enumerable.Range(0, Values).Select(i => Key(scene.Lab.Plan.Client.KeyPrefix, i)).Chunk(1000))
            Call(connection, ["UNLINK", .. keys]);
        return true;
    });

    private static Task<bool> IdleAsync(Scene scene, string node)
    {
        var client = scene.Lab.Plan.Client;
        var endpoint = new RespEndpoint(scene.Lab.Plan.Node(node).Address, client.Port, client.User, client.Password, scene.Lab.Plan.Beside(node));
        return NetworkNamespace.RunAsync(scene.Lab.KeeperPid, () =>
        {
            using var connection = RespClient.ConnectAsync(endpoint, _patience).GetAwaiter().GetResult();
            var info = Call(connection, "INFO", "persistence").Text;
            return info.Contains("\naof_rewrite_in_progress:0", StringComparison.Ordinal) && info.Contains("\nrdb_bgsave_in_progress:0", StringComparison.Ordinal)
                && info.Contains("\naof_rewrite_scheduled:0", StringComparison.Ordinal);
        });
    }

    private static RespClient Connect(Scene scene)
    {
        var (plan, client) = (scene.Lab.Plan, scene.Lab.Plan.Client);
        var proxy = plan.Nodes.First(n => n.Has(NodeRole.Haproxy));
        var endpoint = client.Write != Words.None
            ? new RespEndpoint(client.Write, client.Port, client.User, client.Password, plan.ObserverAddresses()[0])
            : new RespEndpoint(proxy.Address, client.WritePort, client.User, client.Password, plan.ObserverAddresses()[0]);
        return RespClient.ConnectAsync(endpoint, _patience).GetAwaiter().GetResult();
    }

    private static RespValue Call(RespClient connection, params string[] command)
    {
        var reply = connection.CallAsync(command).GetAwaiter().GetResult();
        return reply.IsError
            ? throw new LabException($"{command[0]} while 1 GB was written was answered \"{reply.AsText()}\"; expected a cluster whose nodes have room for it (redis.maxMemory)")
            : reply;
    }

    private static string Key(string prefix, int number) => $"{prefix}redishabake:cargo:{number}";

    private static string Value(Random random)
    {
        var bytes = new byte[ValueBytes / 4 * 3];
        random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
