using System.Text;
using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Output;

/// <summary>
/// A line of the secrets file as a problem may show it: keys where users' and our own names are expected, the brackets of the flow style,
/// and for every value a mask of one length, so that not even the password's is told.
/// </summary>
internal sealed class MaskedLine
{
    private const string Mask = "********";

    private readonly StringBuilder text = new();

    // From columns of the line to columns of the text, both from 0.
    private readonly Dictionary<int, (int Column, int Length)> shown = [];

    private MaskedLine(SpecSource source, int number)
    {
        var line = source.Lines[number - 1];
        var at = 0;
        foreach (var (scalar, isKey) in Scalars(source.Root, 0).Where(s => s.Scalar.Span.Line == number).OrderBy(s => s.Scalar.Span.Column))
        {
            var start = Math.Min(scalar.Span.Column - 1, line.Length);
            Between(line, at, start);
            at = Math.Max(at, End(scalar, line, start));
            Add(start, isKey ? Shown.Safe(line[start..at]) : at > start ? Mask : "");
        }

        Between(line, at, line.Length);
    }

    /// <summary>The line at <paramref name="span"/>, masked, and the place in it.</summary>
    public static (string Text, Span Span) Of(SpecSource source, Span span)
    {
        var line = new MaskedLine(source, span.Line);
        var (column, length) = line.shown.GetValueOrDefault(span.Column - 1, (line.text.Length, 1));
        return (line.text.ToString().TrimEnd(), new(span.Line, column + 1, Math.Max(1, length)));
    }

    private static IEnumerable<(ScalarNode Scalar, bool IsKey)> Scalars(SpecNode? node, int depth) => node switch
    {
        ScalarNode scalar => [(scalar, false)],
        SequenceNode list => list.Items.SelectMany(i => Scalars(i, int.MaxValue)),
        MappingNode mapping => mapping.Entries.SelectMany(e => Scalars(e.Value, depth == 0 && IsSection(e.Key.Text) ? 1 : int.MaxValue).Prepend((e.Key, depth <= 1))),
        _ => [],
    };

    private static bool IsSection(string key) => key == SecretFields.Users.Name || key == SecretFields.InternalOf.Name;

    // Of a text over several lines the span is one character; all of this line is its.
    private static int End(ScalarNode scalar, string line, int start)
        => scalar is { Text: "", Quoted: false } ? start
            : scalar.Span.Length == 1 && scalar.Text.Length > 1 ? line.Length
            : Math.Min(line.Length, start + scalar.Span.Length);

    // Anything else that stands between values is a comment, which may say a password too; at the line's start, the end of a longer value.
    private void Between(string line, int from, int to)
    {
        if (from == 0 && line[..to].Any(c => !IsPunctuation(c)))
            return;
        for (var i = from; i < to && IsPunctuation(line[i]); i++)
            Add(i, line[i] == '\t' ? " " : line[i].ToString());
    }

    private static bool IsPunctuation(char c) => c is '\t' or ' ' or '{' or '}' or '[' or ']' or ',' or ':' or '-' or '?';

    private void Add(int column, string piece)
    {
        shown.TryAdd(column, (text.Length, piece.Length));
        text.Append(piece);
    }
}
