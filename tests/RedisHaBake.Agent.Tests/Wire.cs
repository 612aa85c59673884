using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Agent.Tests;

/// <summary>A server of RESP on a loopback address; what it answers is somebody else's business.</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<string[], string?> _answer;

    /// <param name="address">Where to listen.</param>
    /// <param name="port">The port.</param>
    /// <param name="answer">The reply to a command, or null for the connection's end.</param>
    public Wire(string address, int port, Func<string[], string?> answer)
    {
        _answer = answer;
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static string Bulk(string text) => $"${Encoding.UTF8.GetByteCount(text)}\r\n{text}\r\n";

    public static string Array(params IEnumerable<string> texts) => List(texts.Select(Bulk));

    public static string List(params IEnumerable<string> replies) => $"*{replies.Count()}\r\n{string.Concat(replies)}";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            while (await reader.ReadLineAsync() is { Length: > 1 } line)
            {
                var words = new string[int.Parse(line[1..])];
                for (var i = 0; i < words.Length; i++)
                {
                    await reader.ReadLineAsync();
                    words[i] = (await reader.ReadLineAsync())!;
                }

                if (_answer(words) is not { } reply)
                    return;
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(reply));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client is gone.
        }
    }
}
