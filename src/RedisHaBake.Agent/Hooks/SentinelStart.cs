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
        var seed = SentinelConf.Seed(agent.Plan, agent.Host);
        if (agent.Root.Read(seed.Path) is { } present && SentinelConf.IsOurs(present, agent.Plan))
        {
            if (SentinelConf.BoundTo(present) is not { } bound || bound == agent.Host.Address)
                return;
            agent.Journal.Say(
                Severity.Notice,
                $"this machine was at {bound} and is at {agent.Host.Address} now: its Sentinel begins anew, and the others tell it who is master",
                (Field.Unit, agent.Layout.SentinelUnit), (Field.Node, agent.Plan.Node));
        }

        seed = SentinelConf.Seed(await AcceptedPlan.OfAsync(agent, ct), agent.Host);
        agent.Root.Write(seed.Path, seed.Content, seed.Mode, seed.Owner, seed.Group);
    }
}
