using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot;

/// <summary>Writes, reads back and deletes a key on the way that a client takes: by the cluster's addresses where it has such.</summary>
public sealed class EndToEnd(AgentContext agent)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);

    // One key per node: nodes that verify at the same time would read each other's value.
    private readonly string _key = "redishabake:verify:" + agent.Plan.Node;

    /// <summary>Tries until it succeeds.</summary>
    /// <param name="master">Address of the master, for a cluster without addresses and proxies.</param>
    /// <param name="limit">How long.</param>
    /// <param name="ct">Gives up earlier.</param>
    /// <exception cref="MachineException">It did not within <paramref name="limit"/>; says what, through where, and the server's own words.</exception>
    public async Task RunAsync(string master, TimeSpan limit, CancellationToken ct)
    {
        var since = agent.Clock.GetTimestamp();
        var value = $"{_plan.Node} {agent.Clock.GetUtcNow():O}";
        var write = WriteEndpoint(master);
        var read = Endpoint(_plan.Addresses.HasRead, _plan.Addresses.Read, _plan.Ports.Read, master);
        await UntilAsync(since, limit, "a write", write, async redis => (await redis.CallAsync(["SET", _key, value, "EX", "60"], ct)).OrThrow().IsOk, ct);
        await UntilAsync(since, limit, "a read of what was written", read, async redis => (await redis.CallAsync(["GET", _key], ct)).OrThrow().Text == value, ct);
        await UntilAsync(since, limit, "a write", write, async redis => !(await redis.CallAsync(["DEL", _key], ct)).OrThrow().IsNull, ct);
    }

    /// <summary>Where writes go to.</summary>
    public RespEndpoint WriteEndpoint(string master) => Endpoint(_plan.Addresses.HasWrite, _plan.Addresses.Write, _plan.Ports.Write, master);

    // As a client would: the moving address, else this node's (or the first) HAProxy, else the master itself.
    private RespEndpoint Endpoint(bool hasAddress, string address, int proxyPort, string master)
        => hasAddress ? _endpoints.At(address, _plan.Ports.Redis)
            : _plan.Self.Has(NodeRole.Haproxy) ? _endpoints.At(_plan.Self.Address, proxyPort)
            : _plan.ProxyNodes.FirstOrDefault(n => n.Address != Words.Auto) is { } proxy ? _endpoints.At(proxy.Address, proxyPort)
            : _endpoints.At(master, _plan.Ports.Redis);

    private async Task UntilAsync(long since, TimeSpan limit, string what, RespEndpoint endpoint, Func<RespClient, Task<bool>> succeeds, CancellationToken ct)
    {
        while (true)
        {
            string found;
            try
            {
                await using var redis = await RespClient.ConnectAsync(endpoint, Patience, ct);
                if (await succeeds(redis))
                    return;
                found = "another value";
            }
            catch (Exception e) when (e is RespException or RespUnreachableException)
            {
                found = e.Message;
            }

            if (agent.Clock.GetElapsedTime(since) > limit)
            {
                throw new MachineException(
                    $"expected {what} through {endpoint} within {limit.TotalSeconds:0} s, found: {found}; look at HAProxy's stats page on port {_plan.Ports.Stats} and at `redishabake-agent status`");
            }

            await Task.Delay(Pause, agent.Clock, ct);
        }
    }
}
