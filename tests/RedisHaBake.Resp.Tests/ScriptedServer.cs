using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Resp.Tests;

/// <summary>A loopback server that sends given bytes for one connection: what no real Redis would send can only be tried so.</summary>
public sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public ScriptedServer(string reply, bool close = false)
    {
        _listener.Start();
        _serving = Task.Run(async () =>
        {
            using var connection = await _listener.AcceptTcpClientAsync();
            var stream = connection.GetStream();
            var buffer = new byte[4096];
            var read = await stream.ReadAsync(buffer);
            Received = Encoding.UTF8.GetString(buffer, 0, read);
            foreach (var b in Encoding.UTF8.GetBytes(reply))
                await stream.WriteAsync(new[] { b });
            if (!close)
                await Task.Delay(2000);
        });
    }

    public string Received { get; private set; } = "";

    public RespEndpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public Task<RespClient> ConnectAsync(double seconds = 1) => RespClient.ConnectAsync(Endpoint, TimeSpan.FromSeconds(seconds));

    public void Dispose() => _listener.Dispose();
}
