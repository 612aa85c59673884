using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// Before each start of Sentinel: its file is seeded where it is absent or is not ours (Debian ships one that monitors 127.0.0.1, a
/// cloned image may carry another node's id). One that carries our id is Sentinel's own state and stays untouched.
/// </summary>
internal static class SentinelStart
{
    public static async Task RunAsync(AgentContext agent, CancellationToken ct)
    {
        var seed = SentinelConf.Seed(agent.Plan, agent.Host);
        var id = "sentinel myid " + SentinelConf.MyId(agent.Plan);
        var present = agent.Root.Read(seed.Path);
        if (present is null || !present.Split('\n').Any(line => line.Trim() == id))
        {
            seed = SentinelConf.Seed(await AcceptedPlan.OfAsync(agent, ct), agent.Host);
            agent.Root.Write(seed.Path, seed.Content, seed.Mode, seed.Owner, seed.Group);
        }
    }
}
