using System.Diagnostics;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Lab.Recording;

/// <summary>Clients at work inside a lab's network, and all that they did.</summary>
public sealed class Recorder
{
    private readonly RunningLab _lab;
    private readonly IReadOnlyList<string> _told;
    private readonly string _prefix;
    private readonly long _beginning;
    private readonly List<Writer> _writers = [];
    private readonly List<Task<bool>> _running = [];

    private Recorder(RunningLab lab, RecordingOptions options)
    {
        _lab = lab;
        _told = options.Told;
        _beginning = Stopwatch.GetTimestamp();
        _prefix = $"{lab.Plan.Client.KeyPrefix}redishabake:record:{Guid.NewGuid():N}:";
        Add(ThroughTheWriteAddress(lab.Plan, _told), options.Interval);
        if (options.Beside)
        {
            foreach (var node in lab.Plan.Nodes.Where(n => n.Has(NodeRole.Redis)))
                Add(BesideNode(lab.Plan, node), options.BesideInterval);
        }
    }

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_beginning);

    /// <summary>How the client at the write address fares.</summary>
    public WriterProgress Progress => _writers[0].Progress;

    /// <summary>Lets the clients begin.</summary>
    public static async Task<Recorder> StartAsync(RunningLab lab, RecordingOptions options)
    {
        await WarmUpAsync(lab, options);
        var recorder = new Recorder(lab, options);
        recorder._running.AddRange(recorder._writers.Select(w => NetworkNamespace.RunAsync(lab.KeeperPid, w.Run)));
        return recorder;
    }

    /// <summary>Lets the clients finish; the history so far and no further.</summary>
    public async Task<History> StopAsync()
    {
        var duration = Elapsed;
        foreach (var writer in _writers)
            writer.Stop();
        await Task.WhenAll(_running);
        // The last write of each client may have ended a little later than the recording.
        var operations = _writers.SelectMany(w => w.Operations).ToList();
        var end = operations.Count == 0 ? duration : TimeSpan.FromTicks(Math.Max(duration.Ticks, operations.Max(o => o.End).Ticks));
        return new(end, _writers.ToDictionary(w => w.Client.Name, w => w.Client.Node), operations);
    }

    /// <summary>
    /// Reads all keys of this recording back, from the cluster as an application does and from each node's own Redis. The cluster must
    /// have come to rest: see <see cref="Convergence"/>.
    /// </summary>
    /// <exception cref="LabException">The write address served no read within <paramref name="patience"/>.</exception>
    public async Task<ReadBack> ReadBackAsync(TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var cluster = await ReadAsync(Application());
                Dictionary<string, IReadOnlyDictionary<string, string>> nodes = [];
                foreach (var machine in _lab.Machines.Where(m => m.IsOn && m.Node.Has(NodeRole.Redis)))
                {
                    if (await TryReadAsync(BesideNode(_lab.Plan, machine.Node).Endpoints[0]) is { } keys)
                        nodes[machine.Node.Name] = keys;
                }

                return new(cluster, nodes);
            }
            catch (Exception e) when (e is RespUnreachableException or RespException)
            {
                if (Stopwatch.GetElapsedTime(start) > patience)
                    throw new LabException($"nothing could be read back through the write address within {patience.TotalSeconds:0} s: {e.Message}; look at: redishabake lab status", e);
                await Task.Delay(200);
            }
        }
    }

    /// <summary>Removes the recording's keys from the cluster.</summary>
    public async Task ForgetAsync(ReadBack found)
    {
        var endpoint = Application();
        await NetworkNamespace.RunAsync(_lab.KeeperPid, () =>
        {
            using var connection = RespClient.ConnectAsync(endpoint, KeySpace.Patience).GetAwaiter().GetResult();
            foreach (var keys in found.Cluster.Keys.Chunk(1000))
                connection.CallAsync(["UNLINK", .. keys], CancellationToken.None).GetAwaiter().GetResult().OrThrow();
            return true;
        });
    }

    // The first connection compiles the code that it needs; that time is this program's, not the cluster's.
    private static async Task WarmUpAsync(RunningLab lab, RecordingOptions options) => await NetworkNamespace.RunAsync(lab.KeeperPid, () =>
    {
        var client = ThroughTheWriteAddress(lab.Plan, options.Told);
        var writer = new Writer(client, "", TimeSpan.Zero, Stopwatch.GetTimestamp());
        return writer.TryPing();
    });

    private Task<IReadOnlyDictionary<string, string>> ReadAsync(RespEndpoint endpoint)
        => NetworkNamespace.RunAsync(_lab.KeeperPid, () => KeySpace.Read(endpoint, _prefix));

    private async Task<IReadOnlyDictionary<string, string>?> TryReadAsync(RespEndpoint endpoint)
    {
        try
        {
            return await ReadAsync(endpoint);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return null;
        }
    }

    // Of several addresses the last is the one that is left.
    private RespEndpoint Application() => ThroughTheWriteAddress(_lab.Plan, [.. _told.TakeLast(1)]).Endpoints[0];

    private void Add(RecordingClient client, TimeSpan interval) => _writers.Add(new(client, _prefix, interval, _beginning));

    private static RecordingClient ThroughTheWriteAddress(LabPlan plan, IReadOnlyList<string> told)
    {
        var (client, from) = (plan.Client, plan.ObserverAddresses()[0]);
        if (told.Count == 0 && client.Write != Words.None)
            told = [client.Write];
        IReadOnlyList<RespEndpoint> endpoints = told.Count > 0
            ? [.. told.Select(a => new RespEndpoint(a, client.Port, client.User, client.Password, from))]
            : [.. plan.Nodes.Where(n => n.Has(NodeRole.Haproxy)).Select(n => new RespEndpoint(n.Address, client.WritePort, client.User, client.Password, from))];
        return new(RecordingClient.WriteAddress, endpoints, "");
    }

    private static RecordingClient BesideNode(LabPlan plan, LabNode node) => new(
        "beside " + node.Name,
        [new(node.Address, plan.Client.Port, plan.Client.User, plan.Client.Password, plan.Beside(node.Name))],
        node.Name);
}
