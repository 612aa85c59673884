using System.Net;
using System.Net.Sockets;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Lets a StackExchange.Redis client of this process make its connections inside a lab's network.</summary>
internal sealed class LabTunnel(RunningLab lab) : Tunnel
{
    /// <summary>No socket of this process's own network.</summary>
    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) => default;

    public override async ValueTask<Stream?> BeforeAuthenticateAsync(EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        var inside = await NetworkNamespace.RunAsync(lab.KeeperPid, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await inside.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(inside, ownsSocket: true);
        }
        catch
        {
            inside.Dispose();
            throw;
        }
    }
}
