using System.Runtime.InteropServices;

namespace RedisHaBake.Agent.Systemd;

/// <summary>An sd_bus connection.</summary>
internal sealed class SdBusBusHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        SdBus.FlushCloseUnref(handle);
        return true;
    }
}
