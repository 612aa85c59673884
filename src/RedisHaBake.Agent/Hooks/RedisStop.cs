using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// Before each clean stop of Redis: a master hands its role over first. Where it cannot, it says why and the stop goes on; the hook after
/// the end asks for the failover then.
/// </summary>
internal static class RedisStop
{
    // Well inside the unit's TimeoutStopSec=20, of which Redis needs its part too.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(9);

    public static async Task RunAsync(AgentContext agent, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        var start = agent.Clock.GetTimestamp();
        try
        {
            var result = await new HandOver(agent).RunAsync(from: agent.Plan.Node, to: null, limit.Token);
            if (!result.NotMaster)
            {
                agent.Journal.Say(
                    result.Done ? Severity.Notice : Severity.Warning,
                    result.Done
                        ? $"handed over before the stop in {agent.Clock.GetElapsedTime(start).TotalMilliseconds:0} ms: {result.Sentence}"
                        : $"stopping without a hand-over: {result.Sentence}",
                    (Field.Node, agent.Plan.Node));
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            agent.Journal.Say(Severity.Warning, $"stopping without a hand-over: it did not end within {Limit.TotalSeconds:0} s", (Field.Node, agent.Plan.Node));
        }
    }
}
