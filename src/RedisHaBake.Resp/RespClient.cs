using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Resp;

/// <summary>
/// One connection to a Redis or Sentinel. Arguments are always sent length-prefixed, so that no value can be read as a command.
/// Not thread-safe: one conversation at a time. After a time-out or a broken connection the client is done; connect again.
/// </summary>
public sealed class RespClient : IAsyncDisposable, IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly RespReader _reader;
    private readonly TimeSpan _timeout;

    private RespClient(Socket socket, RespEndpoint endpoint, TimeSpan timeout)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new RespReader(_stream);
        _timeout = timeout;
        Endpoint = endpoint;
    }

    /// <summary>Where this client is connected to.</summary>
    public RespEndpoint Endpoint { get; }

    /// <summary>Connects and, where the endpoint names a user, logs in.</summary>
    /// <param name="endpoint">Where, and as whom.</param>
    /// <param name="timeout">For connecting and for each reply.</param>
    /// <param name="ct">Gives up earlier.</param>
    /// <exception cref="RespUnreachableException">No connection or no answer in time.</exception>
    /// <exception cref="RespException">The login was refused.</exception>
    public static async Task<RespClient> ConnectAsync(RespEndpoint endpoint, TimeSpan timeout, CancellationToken ct = default)
    {
        // A node whose address is not known yet, as `auto`, is one more that cannot be reached.
        if (!IPAddress.TryParse(endpoint.Host, out var host))
            throw new RespUnreachableException($"{endpoint} did not accept a connection: expected an IP address, found \"{endpoint.Host}\"");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            if (endpoint.From.Length > 0)
                socket.Bind(new IPEndPoint(IPAddress.Parse(endpoint.From), 0));
            await socket.ConnectAsync(host, endpoint.Port, limit.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            socket.Dispose();
            throw new RespUnreachableException($"{endpoint} did not accept a connection: {Reason(e, timeout)}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var client = new RespClient(socket, endpoint, timeout);
        try
        {
            if (endpoint.User.Length > 0)
                (await client.CallAsync(["AUTH", endpoint.User, endpoint.Password], ct)).OrThrow();
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends one command and waits for its reply, which may be an error reply.</summary>
    /// <exception cref="RespUnreachableException">No answer in time, or the connection broke: the outcome is unknown.</exception>
    public async Task<RespValue> CallAsync(IReadOnlyList<string> command, CancellationToken ct = default)
        => (await CallAllAsync([command], ct))[0];

    /// <summary>Sends one command given as single arguments; see <see cref="CallAsync(IReadOnlyList{string}, CancellationToken)"/>.</summary>
    public Task<RespValue> CallAsync(params string[] command) => CallAsync(command, CancellationToken.None);

    /// <summary>Sends several commands in one packet and waits for all replies, in order.</summary>
    /// <exception cref="RespUnreachableException">No answer in time, or the connection broke: the outcomes are unknown.</exception>
    public async Task<IReadOnlyList<RespValue>> CallAllAsync(IReadOnlyList<IReadOnlyList<string>> commands, CancellationToken ct = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_timeout);
        try
        {
            await _stream.WriteAsync(Encode(commands), limit.Token);
            var replies = new RespValue[commands.Count];
            for (var i = 0; i < replies.Length; i++)
                replies[i] = await _reader.ReadAsync(limit.Token);
            return replies;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Dispose();
            throw new RespUnreachableException($"{Endpoint} did not answer {commands[0][0]}: {Reason(e, _timeout)}", e);
        }
    }

    /// <summary>Waits for a message that the server sends by itself, after SUBSCRIBE.</summary>
    /// <exception cref="RespUnreachableException">The connection broke.</exception>
    public async Task<RespValue> ReceiveAsync(CancellationToken ct)
    {
        try
        {
            return await _reader.ReadAsync(ct);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new RespUnreachableException($"{Endpoint} closed the subscription: {e.Message}", e);
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Reason(Exception e, TimeSpan timeout)
        => e is OperationCanceledException ? $"no answer within {timeout.TotalSeconds:0.##} s" : e.Message;

    private static byte[] Encode(IReadOnlyList<IReadOnlyList<string>> commands)
    {
        var bytes = new MemoryStream();
        foreach (var command in commands)
        {
            bytes.Write(Encoding.ASCII.GetBytes($"*{command.Count}\r\n"));
            foreach (var argument in command)
            {
                var value = Encoding.UTF8.GetBytes(argument);
                bytes.Write(Encoding.ASCII.GetBytes($"${value.Length}\r\n"));
                bytes.Write(value);
                bytes.Write("\r\n"u8);
            }
        }

        return bytes.ToArray();
    }
}
