namespace RedisHaBake.Agent.Machine;

/// <summary>The machine's own programs: the agent's only process boundary.</summary>
public interface IPrograms
{
    /// <summary>Runs a program to its end, without a shell. No secret may stand in the arguments: every user of the machine can read them.</summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="ct">Kills it.</param>
    /// <exception cref="MachineException">It is not there, or did not end within 30 s.</exception>
    Task<ProgramResult> RunAsync(string file, IReadOnlyList<string> arguments, CancellationToken ct = default);
}
