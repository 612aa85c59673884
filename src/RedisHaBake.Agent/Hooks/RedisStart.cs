using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// Before each start of Redis, by whomever: redis.conf is written anew, because Sentinel's CONFIG REWRITE may have left anything in it,
/// the last join's result is forgotten, because the new process has not joined, and the join is started for it. The unit's Wants= alone
/// would not do: a restart queues the join's start beside Redis's stop, where it meets the old process, finds it settled, and ends.
/// </summary>
internal static class RedisStart
{
    public static async Task RunAsync(AgentContext agent, CancellationToken ct)
    {
        JoinState.Clear(agent.Root);
        await new QuickStarts(agent, agent.Layout.ServerUnit).WaitAsync(ct);
        var life = new LifeMark(agent.Root, agent.Plan).ReadBeforeStart();
        var plan = await AcceptedPlan.OfAsync(agent, ct);
        var file = RedisConf.File(plan, agent.Host with { LifeMark = life.ToString() });
        try
        {
            agent.Root.Write(file.Path, file.Content, file.Mode, file.Owner, file.Group);
        }
        catch (IOException e) when (RefusedWrite.Knows(e) && agent.Root.Read(file.Path) is { } present && RedisConf.MayStandFor(present, file.Content))
        {
            // Whom it follows and what it may become is in its command line, whatever Sentinel wrote into the file.
            agent.Journal.Say(Severity.Warning, $"{e.Message}; Redis starts on the text of before", (Field.Unit, agent.Layout.ServerUnit), (Field.Node, agent.Plan.Node));
        }

        try
        {
            await agent.Systemd.RestartNoBlockAsync(UnitDropIns.JoinUnit, ct);
        }
        catch (SystemdException e)
        {
            // Redis shall start all the same, as a replica of nobody; the watch starts the join later.
            agent.Journal.Say(Severity.Warning, $"the join could not be started with Redis: {e.Message}", (Field.Unit, UnitDropIns.JoinUnit));
        }
    }
}
