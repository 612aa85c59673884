namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>Answers what the boot sequence asks of HAProxy's addresses and of Sentinels, on a loopback port; keeps what is written.</summary>
internal sealed class FakeRedis : IDisposable
{
    private readonly Wire _wire;
    private readonly Dictionary<string, string> _keys = [];
    private readonly Func<string> _master;

    public FakeRedis(string address, int port, Func<string> master)
    {
        _master = master;
        _wire = new(address, port, Answer);
    }

    public int Port => _wire.Port;

    /// <summary>An error reply for each write, or empty.</summary>
    public string RefusesWrites { get; set; } = "";

    /// <summary>Whether its append-only file can no longer be written.</summary>
    public bool DiskIsFull { get; set; }

    /// <summary>Whether it still reads its data.</summary>
    public bool Loads { get; set; }

    /// <summary>Whether the proxy that has the address does not serve by it.</summary>
    public bool LeadsNowhere { get; set; }

    public IReadOnlyDictionary<string, string> Keys => _keys;

    /// <summary>What CONFIG GET answers from and CONFIG SET changes.</summary>
    public Dictionary<string, string> Config { get; } = [];

    /// <summary>Settings that CONFIG SET refuses, as it does those that are read at a start only.</summary>
    public HashSet<string> Immutable { get; } = [];

    public void Dispose() => _wire.Dispose();

    private string Answer(string[] words)
    {
        lock (_keys)
        {
            switch (words)
            {
                case ["AUTH", ..]:
                    return "+OK\r\n";
                case ["INFO"]:
                    return Wire.Bulk($"# Persistence\r\naof_last_write_status:{(DiskIsFull ? "err" : "ok")}\r\n{(Loads ? "loading:1\r\nloading_loaded_perc:43.70\r\nloading_eta_seconds:12\r\n" : "")}");
                case ["SET", var key, var written, "EX", _]:
                    if (LeadsNowhere)
                        return "-ERR nobody serves here\r\n";
                    if (RefusesWrites.Length > 0)
                        return $"-{RefusesWrites}\r\n";
                    _keys[key] = written;
                    return "+OK\r\n";
                case ["GET", var key]:
                    return _keys.TryGetValue(key, out var found) ? Wire.Bulk(found) : "$-1\r\n";
                case ["DEL", var key]:
                    return _keys.Remove(key) ? ":1\r\n" : ":0\r\n";
                case ["CONFIG", "GET", var name]:
                    return Config.TryGetValue(name, out var setting) ? Wire.Array(name, setting) : "*0\r\n";
                case ["CONFIG", "SET", var name, var value]:
                    if (Immutable.Contains(name))
                        return $"-ERR CONFIG SET failed (possibly related to argument '{name}') - can't set immutable config\r\n";
                    Config[name] = value;
                    return "+OK\r\n";
                case ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", _]:
                    return _master() is { Length: > 0 } master ? Wire.Array(master, "6379") : "*-1\r\n";
                case ["SENTINEL", "MONITOR", _, _, _, _]:
                    return "+OK\r\n";
                case ["SENTINEL", "SET", _, var name, var value]:
                    Config[name] = value;
                    return "+OK\r\n";
                default:
                    return "-ERR unknown command\r\n";
            }
        }
    }
}
