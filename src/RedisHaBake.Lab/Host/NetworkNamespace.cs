using System.Runtime.InteropServices;

namespace RedisHaBake.Lab.Host;

/// <summary>
/// Runs code inside another process's network namespace. A socket belongs for ever to the namespace of the thread that made
/// it, so only the thread that makes it has to go there.
/// </summary>
public static partial class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>Runs <paramref name="action"/> to its end on a thread of its own inside the network namespace of <paramref name="pid"/>.</summary>
    /// <exception cref="LabException">The namespace is gone, or this process may not enter it.</exception>
    public static Task<T> RunAsync<T>(int pid, Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Enter(pid);
                done.SetResult(action());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = "lab netns " + pid };
        thread.Start();
        return done.Task;
    }

    private static void Enter(int pid)
    {
        using var file = OpenNamespace(pid);
        if (SetNs((int)file.DangerousGetHandle(), CloneNewNet) != 0)
            throw new LabException($"cannot enter the network of process {pid}: {Marshal.GetLastPInvokeErrorMessage()}; run as root");
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle OpenNamespace(int pid)
    {
        try
        {
            return File.OpenHandle($"/proc/{pid}/ns/net");
        }
        catch (IOException e)
        {
            throw new LabException($"the lab's keeper, process {pid}, is gone; run redishabake lab up again", e);
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(int fd, int kind);
}
