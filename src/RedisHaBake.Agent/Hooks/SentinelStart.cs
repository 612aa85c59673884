using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// Before each start of Sentinel: its file is seeded where it is absent or is not ours (Debian ships one that monitors 127.0.0.1, a
/// cloned image may carry another node's id), or is of an address that this machine no longer has, such as that of a snapshot which was
/// restored elsewhere: what it remembers of itself and binds to is another machine's. One that is ours is Sentinel's own state and stays untouched.
/// </summary>
internal static class SentinelStart
{
    public static async Task RunAsync(AgentContext agent, CancellationToken ct)
    {
        await new QuickStarts(agent, agent.Layout.SentinelUnit).WaitAsync(ct);
        // By the plan's address: the machine's facts need its programs, and a Sentinel has nothing to do with an HAProxy that is missing.
        var own = agent.Plan.Self.Address;
        if (agent.Root.Read(agent.Layout.SentinelConfig) is { } present && SentinelConf.IsOurs(present, agent.Plan))
        {
            if (SentinelConf.BoundTo(present) is not { } bound || bound == own)
                return;
            agent.Journal.Say(
                Severity.Notice,
                $"this machine was at {bound} and is at {own} now: its Sentinel begins anew, and the others tell it who is master",
                (Field.Unit, agent.Layout.SentinelUnit), (Field.Node, agent.Plan.Node));
        }

        var seed = SentinelConf.Seed(await AcceptedPlan.OfAsync(agent, ct), agent.Host);
        agent.Root.Write(seed.Path, seed.Content, seed.Mode, seed.Owner, seed.Group);
    }
}
