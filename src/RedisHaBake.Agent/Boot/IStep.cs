namespace RedisHaBake.Agent.Boot;

/// <summary>
/// One step towards the machine that the plan describes. It knows what is missing and how to bring it about; when to do which is
/// the <see cref="SequenceRunner"/>'s alone.
/// </summary>
public interface IStep
{
    /// <summary>One or two words, for the journal's STEP field.</summary>
    string Name { get; }

    /// <summary>What differs from the plan; empty when there is nothing to do. Changes nothing.</summary>
    Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct);

    /// <summary>Brings it about. May be interrupted anywhere and run again.</summary>
    Task ApplyAsync(CancellationToken ct);
}
