using System.Runtime.InteropServices;

namespace RedisHaBake.Lab.Host;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Pid">Its number on this machine.</param>
/// <param name="StartTicks">When it began: clock ticks since boot (proc(5), /proc/PID/stat, field 22).</param>
public sealed partial record ProcessIdentity(int Pid, long StartTicks)
{
    private const int SigKill = 9;

    /// <summary>This very process.</summary>
    public static ProcessIdentity Self { get; } = Of(Environment.ProcessId)!;

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>The process with the number <paramref name="pid"/>, or null when there is none (a zombie is none).</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name in brackets may itself hold brackets and spaces.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new(pid, long.Parse(fields[19]));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The numbers of its children.</summary>
    public IReadOnlyList<int> Children()
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{Pid}/task/{Pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Ends it at once, if it is still the same process.</summary>
    public void Kill() => Signal(SigKill);

    /// <summary>Sends it a signal, if it is still the same process.</summary>
    public void Signal(int signal)
    {
        if (IsAlive)
            _ = Send(Pid, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int pid, int signal);
}
