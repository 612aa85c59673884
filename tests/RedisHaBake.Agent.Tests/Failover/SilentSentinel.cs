using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Agent.Tests.Failover;

/// <summary>A server on loopback that gives one answer a command and falls silent after the last: no real Sentinel does that on request.</summary>
internal sealed class SilentSentinel : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentSentinel(IReadOnlyList<string> answers)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ServeAsync(answers);
    }

    public int Port { get; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(IReadOnlyList<string> answers)
    {
        using var connection = await _listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var buffer = new byte[4096];
        foreach (var answer in answers)
        {
            if (await stream.ReadAsync(buffer) == 0)
                return;
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }

        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }
}
