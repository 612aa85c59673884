using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>Answers what the boot sequence asks of HAProxy's addresses and of Sentinels, on a loopback port; keeps what is written.</summary>
internal sealed class FakeRedis : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Dictionary<string, string> _keys = [];
    private readonly Func<string> _master;

    public FakeRedis(string address, int port, Func<string> master)
    {
        _master = master;
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>An error reply for each write, or empty.</summary>
    public string RefusesWrites { get; set; } = "";

    /// <summary>Whether the proxy that has the address does not serve by it.</summary>
    public bool LeadsNowhere { get; set; }

    public IReadOnlyDictionary<string, string> Keys => _keys;

    /// <summary>What CONFIG GET answers from and CONFIG SET changes.</summary>
    public Dictionary<string, string> Config { get; } = [];

    /// <summary>Settings that CONFIG SET refuses, as it does those that are read at a start only.</summary>
    public HashSet<string> Immutable { get; } = [];

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
            while (await reader.ReadLineAsync() is { } line)
            {
                var words = new string[int.Parse(line[1..])];
                for (var i = 0; i < words.Length; i++)
                {
                    await reader.ReadLineAsync();
                    words[i] = (await reader.ReadLineAsync())!;
                }

                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(Answer(words)));
            }
        }
        catch (IOException)
        {
            // The client is gone.
        }
    }

    private string Answer(string[] words)
    {
        lock (_keys)
        {
            switch (words)
            {
                case ["AUTH", ..]:
                    return "+OK\r\n";
                case ["SET", var key, var written, "EX", _]:
                    if (LeadsNowhere)
                        return "-ERR nobody serves here\r\n";
                    if (RefusesWrites.Length > 0)
                        return $"-{RefusesWrites}\r\n";
                    _keys[key] = written;
                    return "+OK\r\n";
                case ["GET", var key]:
                    return _keys.TryGetValue(key, out var found) ? $"${found.Length}\r\n{found}\r\n" : "$-1\r\n";
                case ["DEL", var key]:
                    return _keys.Remove(key) ? ":1\r\n" : ":0\r\n";
                case ["CONFIG", "GET", var name]:
                    return Config.TryGetValue(name, out var setting) ? $"*2\r\n${name.Length}\r\n{name}\r\n${setting.Length}\r\n{setting}\r\n" : "*0\r\n";
                case ["CONFIG", "SET", var name, var value]:
                    if (Immutable.Contains(name))
                        return $"-ERR CONFIG SET failed (possibly related to argument '{name}') - can't set immutable config\r\n";
                    Config[name] = value;
                    return "+OK\r\n";
                case ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", _]:
                    return _master() is { Length: > 0 } master ? $"*2\r\n${master.Length}\r\n{master}\r\n$4\r\n6379\r\n" : "*-1\r\n";
                default:
                    return "-ERR unknown command\r\n";
            }
        }
    }
}
