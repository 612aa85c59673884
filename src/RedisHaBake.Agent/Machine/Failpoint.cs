using System.Diagnostics;

namespace RedisHaBake.Agent.Machine;

/// <summary>
/// Ends this process by SIGKILL after a step of the boot sequence, as a power cut would: how the tests on real machines interrupt a
/// first boot after every one of them. Asked for by the environment, which only root can give to the service.
/// </summary>
public static class Failpoint
{
    private const string Variable = "REDISHABAKE_KILL_AFTER_STEP";

    /// <summary>What to call when a step has ended; null where nobody asked for it.</summary>
    public static Action<int>? FromEnvironment()
        => int.TryParse(Environment.GetEnvironmentVariable(Variable), out var step) ? ended => KillAfter(step, ended) : null;

    private static void KillAfter(int step, int ended)
    {
        if (ended != step)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
