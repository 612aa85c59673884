using RedisHaBake.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The tutorial's cluster, booted once for all tests that share it. Each test leaves it whole.</summary>
public sealed class TutorialCluster : IAsyncLifetime
{
    private readonly Dictionary<string, (string Agent, string Join)> _firstBoots = [];
    private RunningLab? _lab;
    private string? _broken;

    /// <summary>The lab. Once a test has left it broken every later one fails at once: each would wait minutes for what does not come.</summary>
    public RunningLab Lab
    {
        get
        {
            LabGround.Require();
            Assert.True(_broken is null, $"not run, an earlier test has left the cluster broken: {_broken}");
            return _lab!;
        }
    }

    /// <summary>Names of its nodes.</summary>
    public IReadOnlyList<string> Nodes => [.. Lab.Plan.Nodes.Select(n => n.Name)];

    public async ValueTask InitializeAsync()
    {
        try
        {
            _lab = await LabGround.ClusterAsync("tutorial");
        }
        catch (Xunit.Sdk.SkipException)
        {
            return;
        }

        await Task.WhenAll(_lab.Machines.Select(m => m.BootAsync()));
        await Readiness.WaitAsync(_lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        foreach (var machine in _lab.Machines)
        {
            await LabGround.SaysReadyAsync(machine);
            _firstBoots[machine.Node.Name] = (await SaidAsync(machine, "redishabake-agent"), await SaidAsync(machine, "redishabake-join"));
        }
    }

    /// <summary>What the agent and the join of a node said at the first boot. A test before may have made the machine anew, journal and all.</summary>
    public (string Agent, string Join) FirstBootOf(string node)
    {
        LabGround.Require();
        return _firstBoots[node];
    }

    private static Task<string> SaidAsync(Machine machine, string unit)
        => machine.RunAsync("journalctl", "-u", unit, "-t", "redishabake-agent", "-o", "cat", "--no-pager");

    /// <summary>Waits until there is one master and everybody else its synced replica.</summary>
    /// <param name="limit">How long at most; without it as long as nodes without much data may take.</param>
    public async Task<string> RestAsync(TimeSpan? limit = null)
    {
        try
        {
            return await Convergence.WaitAsync(Lab, Nodes.ToList(), limit ?? LabGround.RestLimit, TestContext.Current.CancellationToken);
        }
        catch (LabException e)
        {
            throw await BrokenAsync(e);
        }
    }

    /// <summary>Remembers that the cluster does not come to rest any more, and adds to what was found what the nodes say.</summary>
    public async Task<LabException> BrokenAsync(LabException found)
    {
        var story = await StoryAsync();
        _broken ??= found.Message;
        return new($"{found.Message}\n{story}", found);
    }

    /// <summary>Waits as well until every replica may be promoted and every Sentinel knows it: the next fault meets a whole cluster.</summary>
    public async Task<string> WholeAsync()
    {
        var master = await RestAsync();
        var agent = new AgentView(Lab);
        await LabGround.UntilAsync(
            async () => await agent.FitReplicasAsync(master, Nodes), LabGround.RestLimit, () => $"every Sentinel lists {Nodes.Count - 1} replicas of {master} that may be promoted");
        return master;
    }

    /// <summary>Injects a fault into a node, and heals it whatever becomes of what is looked at meanwhile.</summary>
    public async Task WhileAsync(string fault, string node, Func<Task> looking)
    {
        await Fault.Of(fault).InjectAsync(Lab, Lab[node]);
        try
        {
            await looking();
        }
        finally
        {
            await Fault.HealAsync(Lab, Lab[node]);
        }
    }

    /// <summary>Records while something happens, lets the cluster come to rest, and judges.</summary>
    /// <param name="happening">What happens, between two quiet seconds at the beginning and the end.</param>
    /// <param name="rest">How long the cluster may take to come to rest.</param>
    public async Task<Verdict> RecordAsync(Func<Task> happening, TimeSpan? rest = null)
    {
        var recorder = await Recorder.StartAsync(Lab, RecordingOptions.Default);
        History history;
        try
        {
            await Task.Delay(1000);
            await happening();
            await RestAsync(rest);
            await Task.Delay(1000);
        }
        finally
        {
            history = await recorder.StopAsync();
        }

        var found = await recorder.ReadBackAsync(LabGround.RestLimit);
        var verdict = Checker.Check(history, found);
        await recorder.ForgetAsync(found);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{verdict.WriteAddress.Acked} acked, {verdict.WriteAddress.Lost} lost, longest gap {verdict.WriteAddress.LongestGapSeconds:0.00} s, two masters {verdict.TwoNodesAckedSeconds:0.00} s");
        return verdict;
    }

    /// <summary>
    /// Records, waits until the disks have it all (appendfsync everysec may write two seconds late), and judges what is there when something
    /// has happened.
    /// </summary>
    public async Task<Verdict> OnDiskAsync(Func<Task> happening)
    {
        var recorder = await Recorder.StartAsync(Lab, RecordingOptions.Default);
        await Task.Delay(2000);
        var history = await recorder.StopAsync();
        await Task.Delay(3000);
        await happening();
        await RestAsync();
        var found = await recorder.ReadBackAsync(LabGround.RestLimit);
        await recorder.ForgetAsync(found);
        return Checker.Check(history, found);
    }

    /// <summary>What the nodes' own programs said in the last five minutes, for the message of a test that failed.</summary>
    public async Task<string> StoryAsync()
    {
        var stories = await Task.WhenAll(Lab.Machines.Where(m => m.IsOn).Select(m => m.RunAsync(
            "journalctl", "--no-pager", "--output=short-precise", "--since=-300s", "--unit=redishabake*", "--unit=redis*", "--unit=keepalived*", "--unit=haproxy*")));
        return string.Join("\n\n", stories);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
    }
}
