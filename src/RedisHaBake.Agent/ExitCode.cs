namespace RedisHaBake.Agent;

/// <summary>What the program's exit says; 64 and 78 are sysexits(3)'s.</summary>
public static class ExitCode
{
    /// <summary>Done; for <c>plan</c>, nothing differs.</summary>
    public const int Good = 0;

    /// <summary>Failed; the message says what to do.</summary>
    public const int Failed = 1;

    /// <summary>There are differences (terraform's -detailed-exitcode).</summary>
    public const int ChangesPending = 2;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>The plan is missing, wrong or newer than this agent; nothing was changed.</summary>
    public const int PlanUnusable = 78;

    /// <summary>Ended by SIGINT (Ctrl-C) before it was done: 128 and the signal's number, as shells say it.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM before it was done.</summary>
    public const int Terminated = 143;
}
