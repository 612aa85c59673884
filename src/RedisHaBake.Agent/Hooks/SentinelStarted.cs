using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// After each start of Sentinel: its own timers (INFO every 1 to 10 s, PING every second) are what makes a failover slow. They can be
/// set only at run time, by SENTINEL DEBUG (7.0 and newer); where that is missing, all works, slower. One that names nobody gets a join.
/// </summary>
internal static class SentinelStarted
{
    // Not below 250 ms for PING: a replica's INFO counts for 5 times the ping period. ASK-PERIOD stays at its second: at 100 ms two
    // Sentinels saw the master down within one tick, each voted for itself, and the election was retried after twice failover-timeout
    // (5 of 80 power-offs; 0 of 80 with a second, at the same median gap).
    private static readonly string[] Timers =
        ["SENTINEL", "DEBUG", "INFO-PERIOD", "1000", "PING-PERIOD", "250", "PUBLISH-PERIOD", "500"];

    public static async Task RunAsync(AgentContext agent, CancellationToken ct)
    {
        var endpoint = new ClusterEndpoints(agent.Plan).Sentinel(agent.Plan.Self);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                await using var sentinel = await RespClient.ConnectAsync(endpoint, TimeSpan.FromSeconds(1), ct);
                var reply = await sentinel.CallAsync(Timers, ct);
                if (reply.IsError)
                    agent.Journal.Say(Severity.Warning, $"Sentinel refused faster timers ({reply.Text}); failovers will take longer", (Field.Node, agent.Plan.Node));
                await TellAsync(agent, sentinel, ct);
                return;
            }
            catch (RespUnreachableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), agent.Clock, ct);
            }
        }

        agent.Journal.Say(Severity.Warning, $"Sentinel does not answer at {endpoint}; its timers stay slow", (Field.Node, agent.Plan.Node));
    }

    // One that lost its file names nobody. The join tells it whom to name, and ends at once where it need not: it is not waited for.
    private static async Task TellAsync(AgentContext agent, RespClient sentinel, CancellationToken ct)
    {
        if (!(await sentinel.CallAsync(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", agent.Plan.MasterName], ct)).IsNull)
            return;
        try
        {
            await agent.Systemd.StartNoBlockAsync(UnitDropIns.JoinUnit, ct);
        }
        catch (SystemdException e)
        {
            agent.Journal.Say(Severity.Warning, $"the join could not be started with Sentinel: {e.Message}", (Field.Unit, UnitDropIns.JoinUnit));
        }
    }
}
