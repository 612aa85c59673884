using System.Text.Json.Nodes;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Drills;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Tests;

/// <summary>What `lab drill` takes, and how it shows what the drills showed.</summary>
public class DrillTests
{
    private static readonly DrillRun _good = new("redis-a", "redis-b", 1200, 0, 0, 300, 0, 0.25, 0, null, 0, null, 2.5, 0, []);
    private static readonly DrillRun _bad = _good with { NewMaster = "", Lost = 12, LongestGap = 0.95, Back = null, Failures = ["12 acked writes were lost, for instance k"] };

    [Theory]
    [InlineData("earthquake", "recreate-replica")]
    [InlineData("--runs=0", "--runs 0: expected a number from 1 to 1000")]
    [InlineData("--profile=swift", "fast, lan or noisy")]
    public async Task What_there_is_not_is_refused_with_what_there_is(string word, string said)
    {
        var run = await Run.Of("lab", "drill", word);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_shows_each_drill_against_its_bound_and_what_was_missed()
    {
        var lines = DrillTable.Text([Row("kill", _good, _good), Row("stop", _good, _bad)]).Split('\n');
        Assert.Matches("^kill +2 +2400 +0 +0.25 +0.25 +0.4 +0.00 +0 +2.5 +2.5 +yes$", lines[1]);
        Assert.Matches("^stop +2 +2400 +12 \\(0.5 %\\) +0.60 +0.95 +0.3 +0.00 +0 +never +NO$", lines[2]);
        Assert.Contains("kill: lost 0, gap 0.4 s: met", lines);
        Assert.Contains("  run 2: 12 acked writes were lost, for instance k", lines);
        Assert.Contains("  the longest gap is 0.6 s (p50), expected at most 0.3 s", lines);
        Assert.All(lines, l => Assert.Equal(l.TrimEnd(), l));
    }

    [Fact]
    public void A_program_gets_every_run_its_spread_and_whether_the_bound_was_met()
    {
        var json = DrillJson.Write(Setting, [Row("kill", _good), Row("stop", _good, _bad)], "");
        Assert.Equal(["at", "lab", "suite", "nodes", "versions", "downAfter", "maxLag", "withoutDaemon", "good", "stopped", "drills"], json.Select(m => m.Key));
        Assert.False((bool)json["good"]!);
        var (kill, stop) = (json["drills"]![0]!, json["drills"]![1]!);
        Assert.Equal((0.25, 0.4, true), ((double)kill["gap"]!["p50"]!, (double)kill["bound"]!["gap"]!, (bool)kill["bound"]!["met"]!));
        Assert.Equal((12, 0.5), ((int)stop["lost"]!, (double)stop["lostPercent"]!));
        Assert.Null(stop["back"]);
        Assert.Equal("redis-b", (string)stop["runs"]![0]!["newMaster"]!);
        Assert.Equal(2, ((JsonArray)stop["runs"]!).Count);
    }

    [Fact]
    public void Drills_that_were_broken_off_are_not_good()
        => Assert.False((bool)DrillJson.Write(Setting, [Row("kill", _good)], "stop, run 1 of 1: a drill needs a whole cluster")["good"]!);

    private static DrillSetting Setting => new(
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        new("x", "10.10.90.0/24", Words.None, "bookworm", EngineKind.Redis, [], LabClient.None, Failover: new("x", 26379, 2000, 2)),
        new Dictionary<string, string> { ["haproxy"] = "2.6" },
        WithoutDaemon: false);

    private static DrillRow Row(string drill, params DrillRun[] runs) => new(Drill.Of(drill), new("x", 26379, 2000, 2), runs);
}
