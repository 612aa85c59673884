using System.Text.RegularExpressions;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Model.Tests.Render;

/// <summary>On shared, busy hosts a pause of half a second is no failure; but a hung master must be known as one before another is promoted.</summary>
public sealed partial class CheckPaceTests
{
    [Fact]
    public void On_noisy_hosts_a_check_has_time_for_its_connection_and_keepalived_for_its_script()
    {
        var haproxy = HaproxyCfg.Render(SampleLayouts.Noisy(), SamplePlan.Host());
        var keepalived = KeepalivedConf.Render(SampleLayouts.Noisy(), SamplePlan.Host());

        Assert.Contains("    default-server inter 500ms fastinter 250ms downinter 250ms rise 1 fall 2 on-marked-down shutdown-sessions\n", haproxy);
        Assert.Contains("    timeout check 1500ms\n", haproxy);
        Assert.Equal(4, Regex.Count(haproxy, @"check inter 1s fastinter 1s downinter 1s\n"));
        Assert.Contains("check-proxy 9104 /alive 2.8\"\n    interval 2\n    timeout 3\n    fall 2\n", keepalived);
        Assert.Contains("check-proxy 9104 /write 2.8\"\n    interval 2\n    timeout 3\n    fall 2\n", keepalived);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(4999)]
    [InlineData(5000)]
    [InlineData(10_000)]
    public void A_hung_master_is_marked_down_before_another_is_promoted(int downAfterMs)
    {
        var plan = SampleLayouts.Noisy();
        var text = HaproxyCfg.Render(plan with { Failover = plan.Failover with { DownAfterMs = downAfterMs, MinReplicasMaxLagS = 1 } }, SamplePlan.Host());
        var pace = Pace().Match(text);
        var answer = Answer().Match(text).Groups["time"].Value;
        int Of(string name) => int.Parse(pace.Groups[name].Value);
        var answerMs = answer.EndsWith("ms", StringComparison.Ordinal) ? int.Parse(answer[..^2]) : int.Parse(answer[..^1]) * 1000;

        // Its own check, one "no" of which is enough, just missed the hang; then the gate, of which two are.
        var latest = Of("inter") + answerMs + Of("inter") + Of("fast");

        // Sentinels take half a second from down-after to a promotion, and a little more in which they agree.
        Assert.InRange(latest, 1, downAfterMs + 500);
    }

    [GeneratedRegex(@"default-server inter (?<inter>\d+)ms fastinter (?<fast>\d+)ms ", RegexOptions.ExplicitCapture)]
    private static partial Regex Pace();

    [GeneratedRegex(@"timeout check (?<time>\d+m?s)\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Answer();
}
