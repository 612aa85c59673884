using System.Diagnostics;
using RedisHaBake.Resp;

namespace RedisHaBake.Lab.Recording;

/// <summary>
/// One client's loop: a new key per write, every eighth by a script, a time-out of 0.5 s, a new connection at once after an error, never a second try of a
/// write whose outcome is not known.
/// </summary>
internal sealed class Writer(RecordingClient client, string prefix, TimeSpan interval, long beginning)
{
    // Two writes at once are a transaction, which the servers' append-only files and replication links carry differently than a single write.
    private const string Script = "redis.call('SET', KEYS[1], ARGV[1]) redis.call('EXPIRE', KEYS[1], 86400) return redis.status_reply('OK')";
    private const int ScriptEvery = 8;

    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(500);
    private readonly List<Operation> _operations = [];
    private RespClient? _connection;
    private int _endpoint;
    private volatile bool _stop;
    private bool _mayScript = true;

    public RecordingClient Client => client;

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<Operation> Operations
    {
        get
        {
            lock (_operations)
                return [.. _operations];
        }
    }

    /// <summary>Number of acks so far, when the last one came, and what went wrong last.</summary>
    public WriterProgress Progress { get; private set; } = new(0, TimeSpan.Zero, TimeSpan.Zero, "");

    /// <summary>Ends the loop after the write that is under way.</summary>
    public void Stop() => _stop = true;

    /// <summary>Writes until stopped, on the calling thread: its network namespace is where the sockets are made.</summary>
    public bool Run()
    {
        for (var n = 0; !_stop; n++)
        {
            var start = Stopwatch.GetElapsedTime(beginning);
            var key = $"{prefix}{client.Name.Replace(' ', '-')}:{n}";
            var value = $"{n}@{client.Name}";
            var (outcome, detail) = Write(key, value, _mayScript && n % ScriptEvery == ScriptEvery - 1);
            var end = Stopwatch.GetElapsedTime(beginning);
            lock (_operations)
                _operations.Add(new(client.Name, key, value, start, end, outcome, detail));
            Progress = outcome == Outcome.Ok ? Acked(end) : Progress with { Trouble = detail };
            var rest = interval - (end - start);
            if (rest > TimeSpan.Zero && !_stop)
                Thread.Sleep(rest);
        }

        _connection?.Dispose();
        return true;
    }

    /// <summary>Asks the server for a sign of life.</summary>
    public bool TryPing()
    {
        try
        {
            using var connection = RespClient.ConnectAsync(client.Endpoints[0], _timeout).GetAwaiter().GetResult();
            return !connection.CallAsync("PING").GetAwaiter().GetResult().IsError;
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return false;
        }
    }

    private WriterProgress Acked(TimeSpan at)
    {
        var gap = at - Progress.LastAck;
        return new(Progress.Acked + 1, at, gap > Progress.LongestGap ? gap : Progress.LongestGap, "");
    }

    private (Outcome Outcome, string Detail) Write(string key, string value, bool byScript)
    {
        try
        {
            _connection ??= RespClient.ConnectAsync(client.Endpoints[_endpoint], _timeout).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            _endpoint = (_endpoint + 1) % client.Endpoints.Count;
            return (Outcome.Fail, e.Message);
        }

        try
        {
            var reply = (byScript ? _connection.CallAsync("EVAL", Script, "1", key, value) : _connection.CallAsync("SET", key, value)).GetAwaiter().GetResult();
            if (reply.IsOk)
                return (Outcome.Ok, "");
            // Not every application's user may.
            _mayScript &= !(byScript && reply.ErrorCode == "NOPERM");
            Hangup();
            return (Outcome.Fail, reply.AsText());
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            Hangup();
            return (Outcome.Unknown, e.Message);
        }
    }

    // Also after a refusal: behind a proxy another connection may reach another server.
    private void Hangup()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
