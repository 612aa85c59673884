using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot;

/// <summary>Makes the running servers of this node read their aclfile again: neither needs a restart for a new user or right.</summary>
public sealed class AclUsers(NodePlan plan)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private readonly ClusterEndpoints _endpoints = new(plan);

    /// <summary>ACL LOAD on this node's Redis.</summary>
    /// <exception cref="MachineException">It refused; the users that it had are still in force.</exception>
    public Task LoadIntoRedisAsync(CancellationToken ct) => LoadAsync(_endpoints.Redis(plan.Self), ct);

    /// <summary>ACL LOAD on this node's Sentinel.</summary>
    /// <exception cref="MachineException">It refused; the users that it had are still in force.</exception>
    public Task LoadIntoSentinelAsync(CancellationToken ct) => LoadAsync(_endpoints.Sentinel(plan.Self), ct);

    private static async Task LoadAsync(RespEndpoint endpoint, CancellationToken ct)
    {
        await using var server = await RespClient.ConnectAsync(endpoint, Limit, ct);
        var reply = await server.CallAsync(["ACL", "LOAD"], ct);
        if (reply.IsError)
            throw new MachineException($"{endpoint}: expected it to load its ACL file, it says: {reply.Text}; the users that it had are still in force");
    }
}
