namespace RedisHaBake.Agent.Systemd;

/// <summary>systemd refused a call, or a job did not end well; the message names unit, job result and systemd's own words.</summary>
public sealed class SystemdException : Exception
{
    /// <summary>Makes one with its sentence.</summary>
    public SystemdException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its sentence and cause.</summary>
    public SystemdException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The D-Bus error's name, such as org.freedesktop.systemd1.NoSuchUnit; empty where there is none.</summary>
    public string ErrorName { get; init; } = "";
}
