namespace RedisHaBake.Cli;

/// <summary>What the process says to scripts.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Good = 0;

    /// <summary>The spec is at fault, or the run failed.</summary>
    public const int Fault = 1;

    /// <summary>Something would change.</summary>
    public const int Pending = 2;

    /// <summary>The command line is wrong (sysexits' EX_USAGE).</summary>
    public const int Usage = 64;
}
