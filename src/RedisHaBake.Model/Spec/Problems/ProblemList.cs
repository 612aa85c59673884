using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Problems;

/// <summary>The problems of one run, collected so that all are said at once.</summary>
/// <param name="file">The file that they stand in.</param>
public sealed class ProblemList(SourceFile file = SourceFile.Spec)
{
    private readonly List<Problem> problems = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Problem> All => problems;

    /// <summary>Whether an error is among them.</summary>
    public bool HasErrors => problems.Exists(p => p.Severity == Severity.Error);

    /// <summary>Whether nothing was found wrong at <paramref name="path"/> or inside it.</summary>
    public bool IsSound(SpecPath path) => !problems.Exists(p => p.Severity == Severity.Error && p.Path.Steps().Contains(path));

    /// <summary>Adds one.</summary>
    public void Add(string code, SpecPath path, string title, string expected, string action, Span? span = null)
        => problems.Add(new(code, title, expected, action, path, file, span));
}
