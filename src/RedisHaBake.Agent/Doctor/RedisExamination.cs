using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Doctor;

/// <summary>What this node's own Redis and Sentinel say of themselves: persistence, memory, denied commands.</summary>
public static class RedisExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks them; one that does not answer has been said to by the status.</summary>
    /// <returns>What keeps Redis from its work, and the commands that it or its Sentinel refused.</returns>
    public static async Task<(IReadOnlyList<Finding> Troubles, IReadOnlyList<Finding> Refusals)> RunAsync(AgentContext agent, CancellationToken ct)
    {
        var endpoints = new ClusterEndpoints(agent.Plan);
        List<Finding> troubles = [];
        List<Finding> refusals = [];
        if (agent.Plan.Self.Has(NodeRole.Redis))
        {
            await TryAsync(endpoints.Redis(agent.Plan.Self), async redis =>
            {
                troubles.AddRange(OfInfo(new RedisInfo((await redis.CallAsync(["INFO"], ct)).OrThrow().Text), agent.Layout.DataDirectory));
                refusals.AddRange(OfAclLog("Redis", await redis.CallAsync(["ACL", "LOG", "10"], ct)));
            }, ct);
        }

        if (agent.Plan.Self.Has(NodeRole.Sentinel))
            await TryAsync(endpoints.Sentinel(agent.Plan.Self), async sentinel => refusals.AddRange(OfAclLog("Sentinel", await sentinel.CallAsync(["ACL", "LOG", "10"], ct))), ct);
        return (troubles, refusals);
    }

    /// <summary>What INFO says is wrong.</summary>
    /// <param name="info">Redis's INFO.</param>
    /// <param name="data">The directory that its files are in, which may be a disk of its own.</param>
    public static IEnumerable<Finding> OfInfo(RedisInfo info, string data)
    {
        if (info["loading"] == "1")
            yield return new($"Redis is still reading its data: {Loaded(info)}", "wait, and look again: it goes on by itself, and a restart would begin anew");
        if (info["aof_last_write_status"] == "err")
            yield return new("Redis cannot write its append-only file and refuses writes", $"df -h {data}: free some space there, or attach a larger disk; Redis goes on by itself");
        if (info["rdb_last_bgsave_status"] == "err")
            yield return new("Redis could not save its dataset the last time", $"df -h {data}, and journalctl -u 'redis*' -u 'valkey*' -n 50: a full disk, or no memory for the fork");
        var (used, most) = (info.Number("used_memory"), info.Number("maxmemory"));
        if (most > 0 && used > most / 10 * 9)
            yield return new($"Redis uses {used >> 20} MiB of maxmemory {most >> 20} MiB ({info["maxmemory_policy"]})", "raise maxmemory in the spec (with RAM to match), or let keys expire");
    }

    // It knows how much there is of a snapshot, of an append-only file only roughly.
    private static string Loaded(RedisInfo info)
        => info["loading_loaded_perc"] is { Length: > 0 } percent ? $"{percent} % read, about {info.Number("loading_eta_seconds")} s left" : "it does not say how far it is";

    private static IEnumerable<Finding> OfAclLog(string server, RespValue log)
    {
        if (log.IsError)
            yield break;
        foreach (var entry in log.Items.Select(e => e.AsPairs()))
        {
            yield return new(
                $"{server} refused \"{entry.GetValueOrDefault("object", "")}\" to the user {entry.GetValueOrDefault("username", "")} ({entry.GetValueOrDefault("reason", "")}), {entry.GetValueOrDefault("count", "")} times",
                "give that user the right in the spec's users, or correct the client (a wrong password shows as \"auth\")");
        }
    }

    private static async Task TryAsync(RespEndpoint endpoint, Func<RespClient, Task> ask, CancellationToken ct)
    {
        try
        {
            await using var server = await RespClient.ConnectAsync(endpoint, Patience, ct);
            await ask(server);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            // The status says that it does not answer.
        }
    }
}
