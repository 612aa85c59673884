using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Problems;

/// <summary>The problems of one run, collected so that all are said at once.</summary>
/// <param name="file">The file that they stand in.</param>
public sealed class ProblemList(SourceFile file = SourceFile.Spec)
{
    private readonly List<Problem> problems = [];
    private readonly HashSet<SpecPath> spoilt = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Problem> All => problems;

    /// <summary>Whether an error is among them.</summary>
    public bool HasErrors => problems.Exists(p => p.Severity == Severity.Error);

    /// <summary>The places of errors, and those whose key was only misspelt: no rule can rely on what stands there.</summary>
    public IEnumerable<SpecPath> Unsound => problems.Where(p => p.Severity == Severity.Error).Select(p => p.Path).Concat(spoilt);

    /// <summary>Whether nothing was found wrong at <paramref name="path"/> or inside it.</summary>
    public bool IsSound(SpecPath path) => !Unsound.Any(p => p.Steps().Contains(path));

    /// <summary>Says that the value of <paramref name="path"/> was meant by a key that was refused.</summary>
    public void Spoil(SpecPath path) => spoilt.Add(path);

    /// <summary>Adds one.</summary>
    public void Add(string code, SpecPath path, string title, string expected, string action, Span? span = null, SourceFile? elsewhere = null)
        => problems.Add(new(code, title, expected, action, path, elsewhere ?? file, span));
}
