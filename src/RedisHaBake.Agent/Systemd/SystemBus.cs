using Tmds.DBus.Protocol;

namespace RedisHaBake.Agent.Systemd;

/// <summary>One connection to the system bus, with the calls of systemd's manager (org.freedesktop.systemd1(5)); safe for several callers at once.</summary>
internal sealed class SystemBus : IDisposable
{
    private const string Systemd = "org.freedesktop.systemd1";
    private const string ManagerPath = "/org/freedesktop/systemd1";
    private const string ManagerInterface = "org.freedesktop.systemd1.Manager";

    // Reading all unit files again takes systemd seconds on a slow machine.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(90);

    private readonly DBusConnection _connection = new(DBusAddress.System ?? "unix:path=/run/dbus/system_bus_socket");

    private SystemBus()
    {
    }

    /// <summary>Connects.</summary>
    /// <param name="ended">Told the path and the result of every job of systemd's that ends, before the answer to any call made after it.</param>
    /// <param name="ct">Gives up earlier.</param>
    /// <exception cref="SystemdException">The bus does not answer.</exception>
    public static async Task<SystemBus> OpenAsync(Action<string, string> ended, CancellationToken ct)
    {
        var bus = new SystemBus();
        try
        {
            await bus._connection.ConnectAsync().AsTask().WaitAsync(_limit, ct);
            await bus._connection.AddMatchAsync(
                new MatchRule { Type = MessageType.Signal, Sender = Systemd, Path = ManagerPath, Interface = ManagerInterface, Member = "JobRemoved" },
                static (message, _) => ReadJobRemoved(message),
                notification => ended(notification.Value.Job, notification.Value.Result),
                emitOnCapturedContext: false,
                ObserverFlags.None);
            // Without a subscriber systemd sends no JobRemoved.
            await bus.CallAsync("Subscribe", [], ct);
            return bus;
        }
        catch (Exception e) when (e is DBusConnectFailedException or DBusConnectionException or TimeoutException)
        {
            bus.Dispose();
            throw new SystemdException(
                $"the system bus does not answer ({e.Message.TrimEnd('.')}); expected dbus to run; try `systemctl status dbus`, then restart redishabake-agent", e);
        }
    }

    /// <summary>Queues a job; the answer is the job's object path.</summary>
    public Task<string> QueueJobAsync(string method, string unit, CancellationToken ct) => PathAsync(method, [unit, "replace"], ct);

    /// <summary>The object path of a unit, loaded now if need be; works for unknown units too.</summary>
    public Task<string> LoadUnitAsync(string unit, CancellationToken ct) => PathAsync("LoadUnit", [unit], ct);

    /// <summary>A call to systemd's manager with text arguments and without an answer.</summary>
    public Task CallAsync(string method, IReadOnlyList<string> arguments, CancellationToken ct)
        => AskedAsync(What(method, arguments), _connection.CallMethodAsync(Call(method, arguments)), ct);

    /// <summary>EnableUnitFiles or DisableUnitFiles: a list of units and one or two booleans.</summary>
    public Task CallUnitFilesAsync(string method, IReadOnlyList<string> units, IReadOnlyList<bool> flags, CancellationToken ct)
        => AskedAsync(What(method, units), _connection.CallMethodAsync(UnitFiles(method, units, flags)), ct);

    /// <summary>A property of an object of systemd's.</summary>
    public async Task<VariantValue> GetAsync(string path, string @interface, string property, CancellationToken ct)
    {
        var answer = _connection.CallMethodAsync(Get(path, @interface, property), static (message, _) => message.GetBodyReader().ReadVariantValue());
        await AskedAsync(property, answer, ct);
        return await answer;
    }

    /// <summary>Whether systemd still has the job at <paramref name="path"/>.</summary>
    public async Task<bool> HasJobAsync(string path, CancellationToken ct)
    {
        try
        {
            return (await GetAsync(path, "org.freedesktop.systemd1.Job", "State", ct)).GetString().Length > 0;
        }
        catch (SystemdException e) when (e.ErrorName.Length > 0)
        {
            return false;
        }
    }

    public void Dispose() => _connection.Dispose();

    private async Task<string> PathAsync(string method, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var answer = _connection.CallMethodAsync(Call(method, arguments), static (message, _) => message.GetBodyReader().ReadObjectPathAsString());
        await AskedAsync(What(method, arguments), answer, ct);
        return await answer;
    }

    private static string What(string method, IReadOnlyList<string> arguments) => string.Join(' ', [method, .. arguments.Where(a => a != "replace")]);

    private static async Task AskedAsync(string what, Task answer, CancellationToken ct)
    {
        try
        {
            await answer.WaitAsync(_limit, ct);
        }
        catch (DBusErrorReplyException e)
        {
            throw new SystemdException($"systemd refused {what}: {e.ErrorMessage ?? e.ErrorName}", e) { ErrorName = e.ErrorName };
        }
        catch (TimeoutException e)
        {
            throw new SystemdException($"systemd did not answer {what} within {_limit.TotalSeconds:0} s", e);
        }
    }

    private MessageBuffer Call(string method, IReadOnlyList<string> arguments)
    {
        using var writer = _connection.GetMessageWriter();
        writer.WriteMethodCallHeader(Systemd, ManagerPath, ManagerInterface, method, arguments.Count == 0 ? null : new string('s', arguments.Count));
        foreach (var argument in arguments)
            writer.WriteString(argument);
        return writer.CreateMessage();
    }

    private MessageBuffer UnitFiles(string method, IReadOnlyList<string> units, IReadOnlyList<bool> flags)
    {
        using var writer = _connection.GetMessageWriter();
        writer.WriteMethodCallHeader(Systemd, ManagerPath, ManagerInterface, method, "as" + new string('b', flags.Count));
        writer.WriteArray(units.ToArray());
        foreach (var flag in flags)
            writer.WriteBool(flag);
        return writer.CreateMessage();
    }

    private MessageBuffer Get(string path, string @interface, string property)
    {
        using var writer = _connection.GetMessageWriter();
        writer.WriteMethodCallHeader(Systemd, path, "org.freedesktop.DBus.Properties", "Get", "ss");
        writer.WriteString(@interface);
        writer.WriteString(property);
        return writer.CreateMessage();
    }

    private static (string Job, string Result) ReadJobRemoved(Message message)
    {
        var reader = message.GetBodyReader();
        reader.ReadUInt32();
        var job = reader.ReadObjectPathAsString();
        reader.ReadString();
        return (job, reader.ReadString());
    }
}
