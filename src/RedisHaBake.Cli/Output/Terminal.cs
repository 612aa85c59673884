using System.CommandLine;
using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Output;

/// <summary>Where a command speaks: data on standard output, talk on standard error, or one JSON document.</summary>
/// <param name="data">Standard output.</param>
/// <param name="talk">Standard error.</param>
/// <param name="quiet">Whether only problems are said.</param>
/// <param name="paint">Colours for the talk.</param>
internal sealed class Terminal(TextWriter data, TextWriter talk, bool quiet, Paint paint)
{
    private readonly OneDocument? document = data as OneDocument;

    /// <summary>Whether the result is one JSON document.</summary>
    public bool IsJson => document is not null;

    /// <summary>The terminal that the command line asked for.</summary>
    public static Terminal For(ParseResult result) => new(
        result.InvocationConfiguration.Output,
        result.InvocationConfiguration.Error,
        result.GetValue(GlobalOptions.Quiet),
        result.InvocationConfiguration.Error == Console.Error ? Paint.ForStandardError() : Paint.None);

    /// <summary>What the command was run for, byte for byte.</summary>
    public void Data(string text) => data.Write(text);

    /// <summary>The same, in JSON as the member <paramref name="name"/>.</summary>
    public void Text(string name, string text)
    {
        Data(text);
        document?.Wrap(name);
    }

    /// <summary>A line of talk, unless --quiet.</summary>
    public void Say(string line)
    {
        if (!quiet && !IsJson)
            talk.Write(line + "\n");
    }

    /// <summary>Why the run failed, in one line that no option hides.</summary>
    public void Fail(string line)
    {
        if (document is not null)
            document.Add(new() { ["good"] = false, ["error"] = line });
        else
            talk.Write($"{paint.Error("error")}: {line}\n");
    }

    /// <summary>Adds to the JSON document where one was asked for.</summary>
    public void Json(Func<JsonObject> members) => document?.Add(members());

    /// <summary>Every note, then every problem in full, then their number; for JSON nothing (<see cref="ProblemJson"/> goes into the document).</summary>
    public void Problems(Generation generation)
    {
        if (IsJson)
            return;
        foreach (var note in generation.Notes)
            Say($"note: {note.Text}\n");
        if (generation.Problems.Count == 0)
            return;
        foreach (var problem in InOrder(generation))
            talk.Write(ProblemText.Write(problem, generation.Sources[problem.File], paint) + "\n");
        var errors = generation.Problems.Count(p => p.Severity == Severity.Error);
        var warnings = generation.Problems.Count - errors;
        talk.Write(string.Join(", ", new[] { Count(errors, "error"), Count(warnings, "warning") }.Where(c => c.Length > 0))
            + (generation.Succeeded || errors > 0 ? "\n" : ": with --strict, warnings fail the run\n"));
    }

    /// <summary>The problems in the order of their places.</summary>
    public static IEnumerable<Problem> InOrder(Generation generation)
        => generation.Problems.OrderBy(p => p.File).ThenBy(p => Place(p).Line).ThenBy(p => Place(p).Column).ThenBy(p => p.Code, StringComparer.Ordinal);

    private static string Count(int count, string what) => count == 0 ? "" : $"{count} {what}{(count == 1 ? "" : "s")}";

    private static Span Place(Problem problem) => problem.Span ?? Span.Start;
}
