using RedisHaBake.Lab;
using RedisHaBake.Lab.Drills;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The six drills that a cluster must survive before anything else is asked of it, as `redishabake lab drill` runs them.</summary>
[Collection(SharedCluster.Name)]
public class DrillTests(TutorialCluster cluster)
{
    // The bounds are those of a quiet machine (p50): here several labs may share two cores.
    private const double Busy = 3;

    public static TheoryData<string> Basic { get; } = [.. Drill.All.Where(d => d.Basic).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Basic))]
    public async Task Nothing_acked_is_lost_and_every_node_is_in_the_cluster_again(string name)
    {
        var drill = Drill.Of(name);
        var story = new List<string>();
        var runner = new DrillRunner(cluster.Lab, withoutDaemon: false, story.Add);
        DrillRun run;
        try
        {
            run = await runner.RunAsync(drill, TestContext.Current.CancellationToken);
        }
        catch (LabException e)
        {
            throw await cluster.BrokenAsync(e);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{run}");
        Assert.True(run.Failures.Count == 0, $"{string.Join("\n", run.Failures)}\n{string.Join("\n", story)}\n{await cluster.StoryAsync()}");
        Assert.True(run.Acked > 100, $"only {run.Acked} writes were acked");
        Assert.NotEqual(run.Master, run.NewMaster);
        Assert.NotNull(run.Back);
        await GapWithinAsync(run.LongestGap, drill.Bound.GapOf(runner.Failover)!.Value);
        if (drill.Bound.HealGap is { } heal)
            await GapWithinAsync(run.HealGap!.Value, heal);
        Assert.True(run.CutOffAcked is null || runner.Failover.MaxLagS is null || run.CutOffAcked < Busy * (runner.Failover.MaxLagS + 1), $"the node that was cut off acked for {run.CutOffAcked:0.0} s");
    }

    private async Task GapWithinAsync(double gap, TimeSpan bound)
    {
        if (gap > Busy * bound.TotalSeconds)
            Assert.Fail($"no write was acked for {gap:0.00} s, expected at most {Busy * bound.TotalSeconds:0.00} s; load {File.ReadAllText("/proc/loadavg").Trim()}\n{await cluster.StoryAsync()}");
    }
}
