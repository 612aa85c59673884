using System.Net.Sockets;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Hooks;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Holds a connection to the own Redis. When that process ends, however, the connection ends with it, and what the hook after the end
/// does begins at once: the hook itself is a new process, which takes 0.15 s and more to ask. Both may ask one Sentinel by one turn;
/// the second finds the failover under way.
/// </summary>
public sealed class EndWatch(AgentContext agent)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);

    /// <summary>Watches until stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            var ran = false;
            while (true)
            {
                if (await ConnectAsync(ct) is { } redis)
                {
                    ran = true;
                    await using (redis)
                        await EndAsync(redis, ct);
                }
                else
                {
                    if (ran)
                        await RedisStopped.RunAsync(agent, ct);
                    ran = false;
                    await Task.Delay(Again, agent.Clock, ct);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    /// <summary>Null where nobody listens: the process has ended. One that does not answer may hang, and that is Sentinel's to see.</summary>
    private async Task<RespClient?> ConnectAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await RespClient.ConnectAsync(_endpoints.Redis(agent.Plan.Self), _endpoints.Timeout, ct);
            }
            catch (RespUnreachableException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                return null;
            }
            catch (Exception e) when (e is RespUnreachableException or RespException)
            {
                await Task.Delay(Again, agent.Clock, ct);
            }
        }
    }

    // Nothing was asked, so nothing comes before the end. A hand-over ends it too: it drops its master's clients.
    private static async Task EndAsync(RespClient redis, CancellationToken ct)
    {
        try
        {
            await redis.ReceiveAsync(ct);
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            // The next connection tells what it was.
        }
    }
}
