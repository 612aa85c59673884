namespace RedisHaBake.Agent.Machine;

/// <summary>The machine is not as the plan needs it; the message says what was expected, what was found, where, and what to do.</summary>
public sealed class MachineException : Exception
{
    /// <summary>Makes one with its sentence.</summary>
    public MachineException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its sentence and cause.</summary>
    public MachineException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
