using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Problems;

/// <summary>One mistake of an operator's file, with all that a person needs to mend it.</summary>
/// <param name="Code">E or W and a number; stable, so that it can be looked up.</param>
/// <param name="Title">What was found.</param>
/// <param name="Expected">What was expected; stands beside the carets.</param>
/// <param name="Action">What to do.</param>
/// <param name="Path">The value at fault.</param>
/// <param name="File">The file that it stands in.</param>
/// <param name="Span">The place, where the path alone does not say it (a key, a syntax error).</param>
public sealed record Problem(
    string Code,
    string Title,
    string Expected,
    string Action,
    SpecPath Path,
    SourceFile File = SourceFile.Spec,
    Span? Span = null)
{
    /// <summary>From the code's letter.</summary>
    public Severity Severity => Code[0] == 'W' ? Severity.Warning : Severity.Error;
}
