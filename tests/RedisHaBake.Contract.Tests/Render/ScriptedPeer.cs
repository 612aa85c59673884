using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>
/// A stand-in for a Redis or a Sentinel that a proxy's checks reach from a moment of the test's choosing on, and that says what the test
/// wants. Like a Sentinel since Redis 7.2 it knows no QUIT and leaves the connection open.
/// </summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly TcpListener listener;
    private readonly Func<string, string> answer;

    private ScriptedPeer(string address, int port, Func<string, string> answer)
    {
        this.answer = answer;
        listener = new(IPAddress.Parse(address), port);
        listener.Start();
        _ = Accept();
    }

    /// <summary>A Redis that says role:master to everybody, and its name.</summary>
    public static ScriptedPeer Master(string address, int port, string name)
    {
        var info = $"# Replication\r\nrole:master\r\nconnected_slaves:0\r\nname:{name}\r\n";
        return new(address, port, _ => $"+OK\r\n${info.Length}\r\n{info}\r\n");
    }

    /// <summary>A Sentinel that names whom <paramref name="named"/> says, with that one's port.</summary>
    public static ScriptedPeer Sentinel(string address, int port, Func<string> named, int redis) => new(address, port, packet =>
        (packet.Contains("PING", StringComparison.Ordinal)
            ? "+OK\r\n+PONG\r\n"
            : $"+OK\r\n*2\r\n${named().Length}\r\n{named()}\r\n${$"{redis}".Length}\r\n{redis}\r\n")
        + "-ERR unknown command 'QUIT', with args beginning with: \r\n");

    public void Dispose()
    {
        if (end.IsCancellationRequested)
            return;
        end.Cancel();
        listener.Dispose();
    }

    private async Task Accept()
    {
        var ct = end.Token;
        try
        {
            while (true)
                _ = Serve(await listener.AcceptTcpClientAsync(ct), ct);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test took it away.
        }
    }

    private async Task Serve(TcpClient client, CancellationToken ct)
    {
        using (client)
        {
            var packet = new byte[4096];
            try
            {
                int length;
                while ((length = await client.GetStream().ReadAsync(packet, ct)) > 0)
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer(Encoding.ASCII.GetString(packet, 0, length))), ct);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The other side, or the test, went.
            }
        }
    }
}
