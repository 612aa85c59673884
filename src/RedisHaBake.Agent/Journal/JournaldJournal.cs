using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace RedisHaBake.Agent.Journal;

/// <summary>
/// The systemd journal by its native protocol: one datagram of KEY=value lines (systemd.io/JOURNAL_NATIVE_PROTOCOL). Where there
/// is no such socket the sentences go to standard error. A second copy goes to <c>terminal</c> where a person looks on.
/// </summary>
public sealed class JournaldJournal : IJournal, IDisposable
{
    /// <summary>Where journald listens.</summary>
    public const string SocketPath = "/run/systemd/journal/socket";

    // A datagram larger than the socket's buffer would need a memfd; no sentence of ours is that long.
    private const int MaxMessageBytes = 48 * 1024;

    private readonly Lock _lock = new();
    private readonly IReadOnlyList<(string Field, string Value)> _always;
    private readonly TextWriter? _terminal;
    private readonly string _socketPath;
    private Socket? _socket;

    /// <summary>Opens the journal.</summary>
    /// <param name="always">Fields of every line, such as CLUSTER and NODE.</param>
    /// <param name="terminal">A second place for the sentences, or null.</param>
    /// <param name="socketPath">Where journald listens.</param>
    public JournaldJournal(IReadOnlyList<(string Field, string Value)> always, TextWriter? terminal, string socketPath = SocketPath)
    {
        _always = always;
        _terminal = terminal;
        _socketPath = socketPath;
    }

    /// <inheritdoc/>
    public void Say(Severity severity, string message, params ReadOnlySpan<(string Field, string Value)> fields)
    {
        var datagram = new MemoryStream();
        Append(datagram, "MESSAGE", Shorten(message));
        Append(datagram, "PRIORITY", ((int)severity).ToString());
        Append(datagram, "SYSLOG_IDENTIFIER", "redishabake-agent");
        foreach (var (field, value) in _always)
            Append(datagram, field, value);
        foreach (var (field, value) in fields)
            Append(datagram, field, value);
        lock (_lock)
        {
            var written = TrySend(datagram.ToArray());
            var terminal = _terminal ?? (written ? null : Console.Error);
            try
            {
                terminal?.WriteLine(severity <= Severity.Warning ? $"{severity.ToString().ToLowerInvariant()}: {message}" : message);
            }
            catch (IOException)
            {
                // The terminal is gone: nobody looks on any more.
            }
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _socket?.Dispose();
            _socket = null;
        }
    }

    private bool TrySend(byte[] datagram)
    {
        // Twice: journald may have been restarted since the socket was connected.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                _socket ??= Connect();
                _socket.Send(datagram);
                return true;
            }
            catch (SocketException)
            {
                _socket?.Dispose();
                _socket = null;
            }
        }

        return false;
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = 1000 };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(_socketPath));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Shorten(string message)
        => Encoding.UTF8.GetByteCount(message) <= MaxMessageBytes ? message : message[..(MaxMessageBytes / 4)] + " … (shortened)";

    private static void Append(MemoryStream datagram, string field, string value)
    {
        datagram.Write(Encoding.ASCII.GetBytes(field));
        var bytes = Encoding.UTF8.GetBytes(value);
        if (value.Contains('\n'))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)bytes.Length);
            datagram.WriteByte((byte)'\n');
            datagram.Write(length);
        }
        else
        {
            datagram.WriteByte((byte)'=');
        }

        datagram.Write(bytes);
        datagram.WriteByte((byte)'\n');
    }
}
