using System.Runtime.InteropServices;

namespace RedisHaBake.Agent.Systemd;

/// <summary>sd_bus_error(3), as the library fills it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SdBusError
{
    private readonly nint _name;
    private readonly nint _message;
    private readonly int _needFree;

    /// <summary>D-Bus name of the error, such as org.freedesktop.systemd1.NoSuchUnit; empty where there is none.</summary>
    public readonly string Name => Marshal.PtrToStringUTF8(_name) ?? "";

    /// <summary>The other side's own words.</summary>
    public readonly string Message => Marshal.PtrToStringUTF8(_message) ?? "";
}
