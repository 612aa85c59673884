using System.Diagnostics;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Drills;

/// <summary>A cluster at the moment before something happens to it, and what has happened since.</summary>
/// <param name="lab">The lab.</param>
/// <param name="master">The master at the beginning.</param>
/// <param name="say">Told what happens.</param>
/// <param name="ct">Gives up.</param>
public sealed class Scene(RunningLab lab, string master, Action<string> say, CancellationToken ct)
{
    private readonly List<string> _failed = [];
    private Recorder? _recorder;

    /// <summary>The lab.</summary>
    public RunningLab Lab => lab;

    /// <summary>The master at the beginning.</summary>
    public string Master => master;

    /// <summary>The data nodes.</summary>
    public IReadOnlyList<Machine> DataNodes => [.. lab.Machines.Where(m => m.Node.Has(NodeRole.Redis))];

    /// <summary>The nodes that something happened to; each must be a member again at the end.</summary>
    public IReadOnlyList<string> Failed => _failed;

    /// <summary>When the fault began, from the recording's beginning.</summary>
    public TimeSpan FaultAt { get; private set; }

    /// <summary>When the fault was gone, or could be: what is left is the cluster's own work.</summary>
    public TimeSpan GoneAt { get; private set; }

    /// <summary>Gives up the drill.</summary>
    public CancellationToken Token => ct;

    /// <summary>Tells whoever looks on.</summary>
    public void Say(string line) => say(line);

    /// <summary>The clients that write from now on.</summary>
    public void Record(Recorder recorder) => _recorder = recorder;

    /// <summary>Something happens to <paramref name="nodes"/> now.</summary>
    public void Begin(string what, params IEnumerable<string> nodes)
    {
        if (_failed.Count == 0)
            FaultAt = _recorder?.Elapsed ?? TimeSpan.Zero;
        _failed.AddRange(nodes.Except(_failed));
        say(what);
    }

    /// <summary>The fault is gone now.</summary>
    public void End(string what = "")
    {
        GoneAt = _recorder?.Elapsed ?? TimeSpan.Zero;
        if (what.Length > 0)
            say(what);
    }

    /// <summary>Puts a fault of <see cref="Fault"/> into a node.</summary>
    public async Task BreakAsync(string fault, string node)
    {
        Begin($"{node}: {Fault.Of(fault).What}", node);
        await Fault.Of(fault).InjectAsync(lab, lab[node]);
    }

    /// <summary>Undoes the faults of a node.</summary>
    public async Task HealAsync(string node)
    {
        End($"{node}: the fault is gone");
        await Fault.HealAsync(lab, lab[node]);
    }

    /// <summary>Waits.</summary>
    public Task HoldAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), ct);

    /// <summary>Runs a command on a node; it must succeed.</summary>
    /// <exception cref="LabException">It did not.</exception>
    public async Task RunAsync(string node, params string[] command)
    {
        var result = await lab[node].RunAsync(command, ct);
        if (result.ExitCode != 0)
            throw new LabException($"{string.Join(' ', command)} on {node} ended with {result.ExitCode}: {(result.Error + result.Output).Trim()}");
    }

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="LabException">It was not so in time.</exception>
    public async Task UntilAsync(Func<Task<bool>> condition, double seconds, string expected)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > seconds)
                throw new LabException($"expected within {seconds:0} s: {expected}; look at: redishabake lab status");
            await Task.Delay(50, ct);
        }
    }

    /// <summary>Waits for another master than the first.</summary>
    public Task AnotherMasterAsync()
        => UntilAsync(async () => await LabView.MasterAsync(lab) is { Length: > 0 } now && now != master, 60, $"another master than {master}");
}
