using System.Net.Sockets;
using System.Text;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Status;

/// <summary>Asks HAProxy over its socket (HAProxy management guide, "show stat").</summary>
public static class HaproxyStats
{
    private const string Socket = "/run/haproxy/admin.sock";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Which servers are up in the write and in the read backend.</summary>
    public static async Task<ProxyStatus> ReadAsync(MachineRoot root, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(root.At(Socket)), limit.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync("show stat\n"u8.ToArray(), limit.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return Parse(await reader.ReadToEndAsync(limit.Token));
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(false, [], []);
        }
    }

    /// <summary>Reads the CSV; columns are found by name, because their places differ between versions.</summary>
    public static ProxyStatus Parse(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
            return new(false, [], []);
        var header = lines[0].TrimStart('#', ' ').Split(',');
        var (proxy, server, status) = (Array.IndexOf(header, "pxname"), Array.IndexOf(header, "svname"), Array.IndexOf(header, "status"));
        var up = lines.Skip(1).Select(l => l.Split(','))
            .Where(c => c.Length > status && c[server] is not "BACKEND" and not "FRONTEND" && c[status].StartsWith("UP", StringComparison.Ordinal))
            .ToList();
        IReadOnlyList<string> In(string backend) => [.. up.Where(c => c[proxy] == backend).Select(c => c[server])];
        return new(true, In(HaproxyServing.WriteBackend), In(HaproxyServing.ReadBackend));
    }
}
