namespace RedisHaBake.Model.Spec.Source;

/// <summary>A piece of one line of a file.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">First column, from 1, counted in characters.</param>
/// <param name="Length">Characters, at least 1; a piece over several lines ends with its first line.</param>
public readonly record struct Span(int Line, int Column, int Length)
{
    /// <summary>The start of a file.</summary>
    public static Span Start { get; } = new(1, 1, 1);
}
