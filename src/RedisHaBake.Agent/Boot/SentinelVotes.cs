using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot;

/// <summary>Which master the cluster's Sentinels name.</summary>
public sealed class SentinelVotes(AgentContext agent)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);

    /// <summary>How many name the master that most name, its address, and the nodes whose Sentinel does not answer.</summary>
    public async Task<(int Count, string Master, IReadOnlyList<string> Silent)> CountAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(_plan.SentinelNodes.Select(async n => (Node: n.Name, Master: await NamedByAsync(n, ct))));
        var best = answers.Where(a => a.Master is { Length: > 0 }).GroupBy(a => a.Master!, StringComparer.Ordinal).MaxBy(g => g.Count());
        return (best?.Count() ?? 0, best?.Key ?? "", [.. answers.Where(a => a.Master is null).Select(a => a.Node)]);
    }

    /// <summary>What is missing to a majority, or null.</summary>
    public async Task<Difference?> MissingAsync(CancellationToken ct)
    {
        var (count, master, _) = await CountAsync(ct);
        return count >= _plan.SentinelMajority ? null : new(
            "Sentinels",
            $"{_plan.SentinelMajority} of {_plan.SentinelNodes.Count} agree on the master",
            count == 0 ? "none names one" : $"{count} name {master}");
    }

    /// <summary>The address of the master that a majority names.</summary>
    /// <exception cref="MachineException">None does within <paramref name="limit"/>.</exception>
    public async Task<string> MasterAsync(TimeSpan limit, CancellationToken ct)
    {
        var since = agent.Clock.GetTimestamp();
        while (true)
        {
            var (count, master, _) = await CountAsync(ct);
            if (count >= _plan.SentinelMajority)
                return master;
            if (agent.Clock.GetElapsedTime(since) > limit && await MissingAsync(ct) is { } missing)
                throw new MachineException($"{missing}; see `redishabake-agent status` for which of them do not answer");
            await Task.Delay(Pause, agent.Clock, ct);
        }
    }

    // The named address; empty for nobody; null for no answer.
    private async Task<string?> NamedByAsync(PlannedNode node, CancellationToken ct)
    {
        if (node.Address == Words.Auto)
            return null;
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            var reply = await sentinel.CallAsync(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", _plan.MasterName], ct);
            return reply.Items.Count == 2 ? reply.Items[0].Text : "";
        }
        catch (Exception e) when (e is RespException or RespUnreachableException)
        {
            return null;
        }
    }
}
