using System.Text;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Output;

/// <summary>Prints a problem as rustc does: what, where with the line itself and carets, what was expected, what to do.</summary>
internal static class ProblemText
{
    private const int LongestLine = 160;

    /// <summary>The problem in several lines, with a final line end.</summary>
    public static string Write(Problem problem, SpecSource source, Paint paint)
    {
        var span = problem.Span ?? Span.Start;
        var word = problem.Severity == Severity.Error ? paint.Error("error") : paint.Warning("warning");
        var text = new StringBuilder();
        text.Append($"{word}{paint.Bold($"[{problem.Code}]: {problem.Title}")}\n");
        if (source.Lines.Count == 0)
            return text.Append($"  = {problem.Expected}\n  = {paint.Bold("do")}: {problem.Action}\n").ToString();

        var margin = new string(' ', span.Line.ToString().Length);
        text.Append($"{margin}{paint.Dim("-->")} {source.Name}:{span.Line}:{span.Column}\n");

        // A masked line without even a key would show nothing.
        if (problem.File == SourceFile.Secrets && problem.Path.Parent is null)
            return text.Append($"{margin} {paint.Dim("=")} {problem.Expected}\n{margin} {paint.Dim("=")} {paint.Bold("do")}: {problem.Action}\n").ToString();
        var line = span.Line <= source.Lines.Count ? source.Lines[span.Line - 1] : "";
        var shown = Shown.Safe(line);
        if (problem.File == SourceFile.Secrets)
            (shown, span) = MaskedLine.Of(source, span);
        if (shown.Length > LongestLine)
            shown = shown[..LongestLine] + "...";
        var room = Math.Max(1, Math.Min(span.Length, shown.Length - span.Column + 1));
        var indent = span.Column <= shown.Length + 1 ? new string(' ', span.Column - 1) : "";
        text.Append($"{margin} {paint.Dim("|")}\n");
        text.Append($"{paint.Dim($"{span.Line} |")} {shown}\n");
        text.Append($"{margin} {paint.Dim("|")} {indent}{paint.Error(new string('^', room))} {problem.Expected}\n");
        text.Append($"{margin} {paint.Dim("=")} {paint.Bold("do")}: {problem.Action}\n");
        return text.ToString();
    }
}
