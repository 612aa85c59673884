using System.Runtime.InteropServices;

namespace RedisHaBake.Agent.Systemd;

/// <summary>
/// One connection to the system bus, with systemd's own calls in .NET's types. An sd_bus object must be used by one thread at a
/// time: the owner sees to that.
/// </summary>
internal sealed class SdBusConnection : IDisposable
{
    private const string Systemd = "org.freedesktop.systemd1";
    private const string ManagerPath = "/org/freedesktop/systemd1";
    private const string ManagerInterface = "org.freedesktop.systemd1.Manager";
    private const ulong CallTimeoutUs = 90_000_000;
    private const byte TypeString = (byte)'s';
    private const byte TypePath = (byte)'o';
    private const byte TypeArray = (byte)'a';
    private const byte TypeBoolean = (byte)'b';
    private const byte TypeUInt32 = (byte)'u';
    private const byte TypeUInt64 = (byte)'t';

    private readonly SdBusBusHandle _bus;

    public SdBusConnection()
    {
        var opened = SdBus.OpenSystem(out _bus);
        if (opened < 0)
        {
            throw new SystemdException(
                $"the system bus does not answer ({Errno(opened)}); expected dbus to run; try `systemctl status dbus`, then restart redishabake-agent");
        }

        // Without a subscriber systemd sends no JobRemoved; the match makes the bus pass it on to us.
        CallManager("Subscribe", []).Dispose();
        using var match = NewCall("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch");
        Check(SdBus.AppendString(match, TypeString, $"type='signal',sender='{Systemd}',interface='{ManagerInterface}',member='JobRemoved'"), "AddMatch");
        Send(match, "AddMatch").Dispose();
    }

    /// <summary>Whether the bus is still there.</summary>
    public bool IsOpen => SdBus.IsOpen(_bus) > 0;

    /// <summary>Queues a job; the answer is the job's object path.</summary>
    public string QueueJob(string method, string unit)
    {
        using var reply = CallManager(method, [unit, "replace"]);
        Check(SdBus.ReadString(reply, TypePath, out var path), method);
        return Marshal.PtrToStringUTF8(path)!;
    }

    /// <summary>A call to systemd's manager object with string arguments.</summary>
    public SdBusMessageHandle CallManager(string method, ReadOnlySpan<string> arguments)
    {
        using var message = NewCall(Systemd, ManagerPath, ManagerInterface, method);
        foreach (var argument in arguments)
            Check(SdBus.AppendString(message, TypeString, argument), method);
        return Send(message, arguments.IsEmpty ? method : $"{method} {arguments[0]}");
    }

    /// <summary>EnableUnitFiles or DisableUnitFiles: a list of units and one or two booleans.</summary>
    public void CallUnitFiles(string method, IReadOnlyList<string> units, ReadOnlySpan<bool> flags)
    {
        using var message = NewCall(Systemd, ManagerPath, ManagerInterface, method);
        Check(SdBus.OpenContainer(message, TypeArray, "s"), method);
        foreach (var unit in units)
            Check(SdBus.AppendString(message, TypeString, unit), method);
        Check(SdBus.CloseContainer(message), method);
        foreach (var flag in flags)
            Check(SdBus.AppendBoolean(message, TypeBoolean, flag ? 1 : 0), method);
        Send(message, $"{method} {string.Join(' ', units)}").Dispose();
    }

    /// <summary>The object path of a unit, loaded now if need be; works for unknown units too.</summary>
    public string LoadUnit(string unit)
    {
        using var reply = CallManager("LoadUnit", [unit]);
        Check(SdBus.ReadString(reply, TypePath, out var path), "LoadUnit");
        return Marshal.PtrToStringUTF8(path)!;
    }

    /// <summary>A text property of an object of systemd.</summary>
    public string GetString(string path, string @interface, string property)
    {
        var error = default(SdBusError);
        try
        {
            var result = SdBus.GetPropertyString(_bus, Systemd, path, @interface, property, ref error, out var value);
            Check(result, property, error);
            var text = Marshal.PtrToStringUTF8(value) ?? "";
            unsafe
            {
                NativeMemory.Free((void*)value);
            }

            return text;
        }
        finally
        {
            SdBus.ErrorFree(ref error);
        }
    }

    /// <summary>A boolean property.</summary>
    public bool GetBoolean(string path, string @interface, string property) => (int)GetTrivial(path, @interface, property, TypeBoolean) != 0;

    /// <summary>A 32-bit property.</summary>
    public uint GetUInt32(string path, string @interface, string property) => (uint)GetTrivial(path, @interface, property, TypeUInt32);

    /// <summary>A 64-bit property.</summary>
    public ulong GetUInt64(string path, string @interface, string property) => GetTrivial(path, @interface, property, TypeUInt64);

    /// <summary>Whether systemd still has the job at <paramref name="path"/>.</summary>
    public bool HasObject(string path)
    {
        try
        {
            return GetString(path, "org.freedesktop.systemd1.Job", "State").Length > 0;
        }
        catch (SystemdException e) when (e.ErrorName.Length > 0)
        {
            return false;
        }
    }

    /// <summary>Takes what has arrived and hands each ended job (path, result) to <paramref name="ended"/>.</summary>
    public void Pump(Action<string, string> ended)
    {
        int more;
        do
        {
            more = SdBus.Process(_bus, out var message);
            using (message)
            {
                Check(more, "read the bus");
                if (!message.IsInvalid && SdBus.IsSignal(message, ManagerInterface, "JobRemoved") > 0)
                    ReadJobRemoved(message, ended);
            }
        }
        while (more > 0);
    }

    public void Dispose() => _bus.Dispose();

    private static void ReadJobRemoved(SdBusMessageHandle message, Action<string, string> ended)
    {
        // (u id, o job, s unit, s result)
        Check(SdBus.ReadUInt32(message, TypeUInt32, out _), "JobRemoved");
        Check(SdBus.ReadString(message, TypePath, out var job), "JobRemoved");
        Check(SdBus.ReadString(message, TypeString, out _), "JobRemoved");
        Check(SdBus.ReadString(message, TypeString, out var result), "JobRemoved");
        ended(Marshal.PtrToStringUTF8(job)!, Marshal.PtrToStringUTF8(result)!);
    }

    private ulong GetTrivial(string path, string @interface, string property, byte type)
    {
        var error = default(SdBusError);
        try
        {
            Check(SdBus.GetPropertyTrivial(_bus, Systemd, path, @interface, property, ref error, type, out var value), property, error);
            return value;
        }
        finally
        {
            SdBus.ErrorFree(ref error);
        }
    }

    private SdBusMessageHandle NewCall(string destination, string path, string @interface, string member)
    {
        Check(SdBus.NewMethodCall(_bus, out var message, destination, path, @interface, member), member);
        return message;
    }

    private SdBusMessageHandle Send(SdBusMessageHandle message, string what)
    {
        var error = default(SdBusError);
        try
        {
            Check(SdBus.Call(_bus, message, CallTimeoutUs, ref error, out var reply), what, error);
            return reply;
        }
        finally
        {
            SdBus.ErrorFree(ref error);
        }
    }

    private static void Check(int result, string what, SdBusError error = default)
    {
        if (result >= 0)
            return;
        var words = error.Message.Length > 0 ? error.Message : Errno(result);
        throw new SystemdException($"systemd refused {what}: {words}") { ErrorName = error.Name };
    }

    private static string Errno(int result) => Marshal.GetPInvokeErrorMessage(-result);
}
