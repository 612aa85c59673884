namespace RedisHaBake.Agent.Machine;

/// <summary>A process that listens on a TCP port of this machine.</summary>
/// <param name="Address">The address that was asked for.</param>
/// <param name="Port">The port.</param>
/// <param name="Program">The process's name, or "a process that cannot be seen from here".</param>
/// <param name="ProcessId">Its number; 0 where it cannot be seen.</param>
/// <param name="Unit">Its systemd unit; empty where it has none.</param>
public sealed record Listener(string Address, int Port, string Program, int ProcessId, string Unit)
{
    /// <summary>What a person who needs the port should know and do.</summary>
    public override string ToString()
        => $"port {Port} of {Address}: expected it free, found {Program}{(ProcessId > 0 ? $" (process {ProcessId}{(Unit.Length > 0 ? " of " + Unit : "")})" : "")} listening there; "
            + (Unit.Length > 0 ? $"systemctl disable --now {Unit}" : ProcessId > 0 ? $"kill {ProcessId}" : $"find it by `ss -ltnp sport = :{Port}`")
            + ", or give one of the two another port";
}
