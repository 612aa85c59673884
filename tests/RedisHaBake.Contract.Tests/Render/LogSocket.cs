using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>Stands where /dev/log stands on a node, and keeps what is written there.</summary>
internal sealed class LogSocket : IDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> lines = [];

    public LogSocket(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        socket.Bind(new UnixDomainSocketEndPoint(path));

        // The real one takes words from everybody too.
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        _ = KeepAsync();
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task KeepAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer);
                lock (lines)
                    lines.Add(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The cluster ended.
        }
    }
}
