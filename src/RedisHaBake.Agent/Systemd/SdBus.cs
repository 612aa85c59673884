using System.Runtime.InteropServices;

namespace RedisHaBake.Agent.Systemd;

/// <summary>
/// libsystemd's sd-bus (sd-bus(3)). Only calls without variable arguments: .NET cannot make those on Linux. All return a negative
/// errno on failure.
/// </summary>
internal static partial class SdBus
{
    private const string Library = "libsystemd.so.0";

    [LibraryImport(Library, EntryPoint = "sd_bus_open_system")]
    public static partial int OpenSystem(out SdBusBusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_is_open")]
    public static partial int IsOpen(SdBusBusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_flush_close_unref")]
    public static partial nint FlushCloseUnref(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_call", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NewMethodCall(
        SdBusBusHandle bus, out SdBusMessageHandle message, string destination, string path, string @interface, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_unref")]
    public static partial nint MessageUnref(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AppendString(SdBusMessageHandle message, byte type, string value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic")]
    public static partial int AppendBoolean(SdBusMessageHandle message, byte type, in int value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_open_container", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenContainer(SdBusMessageHandle message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_close_container")]
    public static partial int CloseContainer(SdBusMessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_basic")]
    public static partial int ReadString(SdBusMessageHandle message, byte type, out nint value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_basic")]
    public static partial int ReadUInt32(SdBusMessageHandle message, byte type, out uint value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_is_signal", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int IsSignal(SdBusMessageHandle message, string @interface, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_call")]
    public static partial int Call(SdBusBusHandle bus, SdBusMessageHandle message, ulong timeoutUs, ref SdBusError error, out SdBusMessageHandle reply);

    [LibraryImport(Library, EntryPoint = "sd_bus_process")]
    public static partial int Process(SdBusBusHandle bus, out SdBusMessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_property_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetPropertyString(
        SdBusBusHandle bus, string destination, string path, string @interface, string member, ref SdBusError error, out nint value);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_property_trivial", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetPropertyTrivial(
        SdBusBusHandle bus, string destination, string path, string @interface, string member, ref SdBusError error, byte type, out ulong value);

    [LibraryImport(Library, EntryPoint = "sd_bus_error_free")]
    public static partial void ErrorFree(ref SdBusError error);
}
