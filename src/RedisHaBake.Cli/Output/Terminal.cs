using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Output;

/// <summary>Where a command speaks: data on standard output, talk on standard error, or one JSON document.</summary>
/// <param name="data">Standard output.</param>
/// <param name="talk">Standard error.</param>
/// <param name="json">Whether the result is one JSON document.</param>
/// <param name="quiet">Whether only problems are said.</param>
/// <param name="paint">Colours for the talk.</param>
internal sealed class Terminal(TextWriter data, TextWriter talk, bool json, bool quiet, Paint paint)
{
    /// <summary>The version of every JSON document that commands print; raised when a member changes its meaning or goes.</summary>
    public const int JsonFormat = 1;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Whether the result is one JSON document.</summary>
    public bool IsJson => json;

    /// <summary>The terminal that the command line asked for.</summary>
    public static Terminal For(ParseResult result) => new(
        result.InvocationConfiguration.Output,
        result.InvocationConfiguration.Error,
        result.GetValue(GlobalOptions.Output) == GlobalOptions.Json,
        result.GetValue(GlobalOptions.Quiet),
        result.InvocationConfiguration.Error == Console.Error ? Paint.ForStandardError() : Paint.None);

    /// <summary>What the command was run for, byte for byte.</summary>
    public void Data(string text) => data.Write(text);

    /// <summary>A line of talk, unless --quiet.</summary>
    public void Say(string line)
    {
        if (!quiet && !json)
            talk.Write(line + "\n");
    }

    /// <summary>Why the run failed, in one line that no option hides.</summary>
    public void Fail(string line)
    {
        if (json)
            Json(new() { ["error"] = line });
        else
            talk.Write($"{paint.Error("error")}: {line}\n");
    }

    /// <summary>One JSON document, its format's version first.</summary>
    public void Json(JsonObject members)
    {
        var document = new JsonObject { ["format"] = JsonFormat };
        foreach (var (name, value) in members.ToList())
        {
            members.Remove(name);
            document[name] = value;
        }

        data.Write(document.ToJsonString(Layout) + "\n");
    }

    /// <summary>Every problem in full, then their number; for JSON nothing (<see cref="ProblemJson"/> goes into the document).</summary>
    public void Problems(Generation generation)
    {
        if (json || generation.Problems.Count == 0)
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
