using System.Text.RegularExpressions;
using RedisHaBake.Samples;

namespace RedisHaBake.Cluster.Tests;

/// <summary>What somebody reads who has never seen the program: the journal of the first boot of the node that made the cluster.</summary>
[Collection(SharedCluster.Name)]
public partial class StoryTests(TutorialCluster cluster)
{
    [Fact]
    public void The_journal_of_a_first_boot_reads_like_a_story()
    {
        var said = cluster.FirstBootOf("redis-a");
        var lines = said.Agent.Split('\n').SkipWhile(l => !l.StartsWith("redis-a of cluster tutorial", StringComparison.Ordinal)).ToList();
        var end = lines.FindIndex(l => l.StartsWith("redis-a is ready", StringComparison.Ordinal));

        var join = said.Join.Split('\n').ToList();
        var master = join.FindIndex(l => l.StartsWith("join: this node is master", StringComparison.Ordinal));

        // Which peers the join waited for, and when its sentences stand between the steps, is never the same twice.
        var story = lines.Take(end + 1).Where(l => !l.StartsWith("join:", StringComparison.Ordinal) && !l.StartsWith("a container:", StringComparison.Ordinal)).Select(Settled).Distinct()
            .Append("").Append("and meanwhile, from redishabake-join.service:")
            .Concat(join.Take(master + 1).Where(l => !l.Contains("waiting for", StringComparison.Ordinal)));
        Snapshot.Match(string.Join('\n', story) + "\n", "");
    }

    // Durations, and how far a unit or the join was just then: keepalived, which HAProxy pulls in, may be up already or not.
    private static string Settled(string line)
        => EitherWay().Replace(NotRunning().Replace(Duration().Replace(line, ""), "found not running"), "$1 …");

    [GeneratedRegex(@", \d+\.\ds$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();

    [GeneratedRegex(@"found (inactive|activating) \([a-z-]+\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotRunning();

    [GeneratedRegex(@"^(step (?:keepalived|join) \(\d+/\d+\):).*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EitherWay();
}
