using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// Before each start of Redis, by whomever: redis.conf is written anew, because Sentinel's CONFIG REWRITE may have left anything in it,
/// and the last join's result is forgotten, because the new process has not joined.
/// </summary>
internal static class RedisStart
{
    public static void Run(AgentContext agent)
    {
        JoinState.Clear(agent.Root);
        var life = new LifeMark(agent.Root, agent.Plan).ReadBeforeStart();
        var file = RedisConf.File(agent.Plan, agent.Host with { LifeMark = life != Life.Blank });
        agent.Root.Write(file.Path, file.Content, file.Mode, file.Owner, file.Group);
    }
}
