using System.Net;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Failover;

public sealed class SentinelRequestTests
{
    [Theory]
    [InlineData(new[] { "+OK\r\n", "+OK\r\n" }, AskedFor.Begun)]
    [InlineData(new[] { "+OK\r\n", "-INPROG Failover already in progress\r\n" }, AskedFor.Begun)]
    [InlineData(new[] { "+OK\r\n", "-NOGOODSLAVE No suitable replica to promote\r\n" }, AskedFor.Refused)]
    [InlineData(new[] { "-NOQUORUM 1 usable Sentinels\r\n" }, AskedFor.Refused)]
    [InlineData(new string[0], AskedFor.Refused)]
    [InlineData(new[] { "+OK\r\n" }, AskedFor.Unknown)]
    public async Task A_failover_that_was_asked_for_and_not_answered_is_no_refusal(string[] answers, AskedFor expected)
    {
        using var sentinel = new SilentSentinel(["+OK\r\n", "*-1\r\n", .. answers]);
        var plan = SamplePlan.Tutorial();
        plan = plan with
        {
            Nodes = [.. plan.Nodes.Select(n => n with { Address = IPAddress.Loopback.ToString() })],
            Ports = plan.Ports with { Sentinel = sentinel.Port },
        };

        var answer = await new SentinelRequest(plan).AskAsync(new SentinelView("redis-b", Reachable: true), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.Outcome);
        Assert.Equal(expected == AskedFor.Begun, answer.Reason.Length == 0);
    }
}
