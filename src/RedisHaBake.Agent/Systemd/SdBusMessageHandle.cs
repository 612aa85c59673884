using System.Runtime.InteropServices;

namespace RedisHaBake.Agent.Systemd;

/// <summary>An sd_bus_message; may be empty where the library returned none.</summary>
internal sealed class SdBusMessageHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        SdBus.MessageUnref(handle);
        return true;
    }
}
