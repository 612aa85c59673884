using System.Net;
using System.Net.Sockets;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Real;

/// <summary>Three real nodes on loopback addresses; everything is gone when it is disposed.</summary>
internal sealed class LoopbackCluster : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-loopback-").FullName;

    public LoopbackCluster(int downAfterMs = 2000, string masterName = "tutorial")
    {
        var (redis, sentinel) = (FreePort(), FreePort());
        var sample = SamplePlan.Tutorial();
        var nodes = sample.Nodes.Select((n, i) => n with { Address = $"127.0.0.{11 + i}" }).ToList();
        Nodes =
        [
            .. nodes.Select(n => new LoopbackNode(
                sample with
                {
                    Node = n.Name,
                    Cidr = "127.0.0.0/8",
                    MasterName = masterName,
                    Nodes = nodes,
                    Addresses = new(AddressMode.None, Words.None, Words.None, Words.None),
                    Ports = sample.Ports with { Redis = redis, Sentinel = sentinel },
                    Failover = sample.Failover with { DownAfterMs = downAfterMs },
                },
                Path.Combine(_directory, n.Name))),
        ];
    }

    public IReadOnlyList<LoopbackNode> Nodes { get; }

    public LoopbackNode this[string name] => Nodes.First(n => n.Name == name);

    /// <summary>Boots everything and joins, as at a first boot.</summary>
    public async Task BootAsync(CancellationToken ct)
    {
        foreach (var node in Nodes)
            await node.StartSentinelAsync();
        foreach (var node in Nodes)
            await node.StartRedisAsync();
        await Task.WhenAll(Nodes.Select(n => n.JoinAsync(ct)));
    }

    /// <summary>Waits until every Sentinel has learned of both replicas and that they are fit, which it reads once a second.</summary>
    public async Task SentinelsKnowReplicasAsync(CancellationToken ct)
    {
        var agent = Nodes[0].Agent;
        var observer = new ClusterObserver(agent.Plan, new LifeMark(agent.Root, agent.Plan), agent.Clock);
        while (!(await observer.ObserveAsync(ct)).Sentinels.All(s => s.Replicas.Count(r => r.Fit) == 2))
            await Task.Delay(100, ct);
    }

    /// <summary>The node that says role:master.</summary>
    public async Task<LoopbackNode> MasterAsync()
    {
        foreach (var node in Nodes)
        {
            try
            {
                if (await node.RoleAsync() == "master")
                    return node;
            }
            catch (RespUnreachableException)
            {
                // Another one, then.
            }
        }

        throw new InvalidOperationException("no node is master");
    }

    public async Task<string[]> RolesAsync() => await Task.WhenAll(Nodes.Select(n => n.RoleAsync()));

    /// <summary>What agents and servers said, for the output of a test that failed.</summary>
    public IEnumerable<string> Story()
    {
        foreach (var node in Nodes)
        {
            foreach (var line in node.Journal.Lines)
                yield return $"{node.Name}: {line}";
            foreach (var log in Directory.EnumerateFiles(Path.Combine(_directory, node.Name), "*.log").Order(StringComparer.Ordinal))
            {
                foreach (var line in File.ReadLines(log))
                    yield return $"{node.Name} {Path.GetFileNameWithoutExtension(log)}: {line}";
            }
        }
    }

    public void Dispose()
    {
        foreach (var node in Nodes)
            node.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
