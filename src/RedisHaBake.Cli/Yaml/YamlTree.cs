using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RedisHaBake.Cli.Yaml;

/// <summary>
/// Builds values with places from YAML's events. Anchors, aliases, tags and further documents are refused: a spec needs none, and
/// aliases make bombs. The first fault ends the reading: what follows a broken line would be guesses.
/// </summary>
internal sealed class YamlTree
{
    // A password may begin with what YAML takes for something else.
    private const string InQuotes = "put the password in quotes";

    private readonly IParser parser;
    private readonly ProblemList problems;
    private readonly bool secrets;
    private int values;

    private YamlTree(IParser parser, ProblemList problems, bool secrets) => (this.parser, this.problems, this.secrets) = (parser, problems, secrets);

    /// <summary>The root value of <paramref name="text"/>; null where a problem says why there is none.</summary>
    public static SpecNode? Read(string text, ProblemList problems, bool secrets)
    {
        try
        {
            using var reader = new StringReader(text);
            return new YamlTree(new Parser(new Scanner(reader, skipComments: true)), problems, secrets).Document();
        }
        catch (YamlException e)
        {
            var lines = text.ReplaceLineEndings("\n").Split('\n');
            var tab = e.Message.Contains("tab", StringComparison.Ordinal) ? FirstTab(lines) : null;
            problems.Add(
                "E004",
                SpecPath.Root,
                tab is not null ? "a tab stands where YAML wants spaces" : "this is not YAML: " + Sentence(e.Message),
                tab is not null ? "expected spaces" : "expected valid YAML",
                tab is not null ? "replace the tabs of the indentation with spaces" : "mend this line or the one before it; a value with `: `, ` #` or a leading special character needs quotes",
                tab ?? Place(e.Start, lines));
            return null;
        }
    }

    private SpecNode? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return secrets ? new MappingNode(Span.Start, []) : Refuse(Span.Start, "the file says nothing", "expected a mapping", "write a starter with `redishabake init`");
        parser.Consume<DocumentStart>();
        var root = Value(0);
        if (root is null)
            return null;
        parser.Consume<DocumentEnd>();
        if (secrets && root is ScalarNode { IsNothing: true })
            root = new MappingNode(Span.Start, []);
        if (parser.Accept<DocumentStart>(out var second))
            return Refuse(At(second), "a second YAML document begins here", "expected one document", "remove everything from this `---` on");
        return root;
    }

    private SpecNode? Value(int depth)
    {
        if (++values > YamlLimits.Values)
            return Refuse(At(parser.Current!), $"the file has more than {YamlLimits.Values} values", "expected a spec of a few dozen", "check that this is the right file");
        if (depth > YamlLimits.Depth)
            return Refuse(At(parser.Current!), $"values are nested more than {YamlLimits.Depth} deep", "expected at most four levels", "remove the brackets or the indentation");
        switch (parser.Current)
        {
            case AnchorAlias alias:
                return Refuse(At(alias), "YAML aliases are not accepted", "expected a value", secrets ? InQuotes : "write the value out");
            case NodeEvent { Anchor.IsEmpty: false } anchored:
                return Refuse(At(anchored), "YAML anchors are not accepted", "expected a value", secrets ? InQuotes : $"remove `&{anchored.Anchor}`");
            case NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } tagged:
                return Refuse(At(tagged), "YAML tags are not accepted", "expected a value", secrets ? InQuotes : $"remove `{tagged.Tag}`");
            case Scalar scalar:
                parser.MoveNext();
                return new ScalarNode(At(scalar), scalar.Value, scalar.Style != ScalarStyle.Plain, secrets);
            case SequenceStart start:
                parser.MoveNext();
                return Items(start, depth);
            default:
                return Entries(parser.Consume<MappingStart>(), depth);
        }
    }

    private SequenceNode? Items(SequenceStart start, int depth)
    {
        var items = new List<SpecNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (Value(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }

        return new(At(start), items);
    }

    private MappingNode? Entries(MappingStart start, int depth)
    {
        var entries = new List<MappingEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Value(depth + 1) is not { } key)
                return null;
            if (key is not ScalarNode name)
            {
                Refuse(key.Span, $"{key.Found} stands where a key should be", "expected a key", "write a name before the colon; text with braces or brackets needs quotes");
                return null;
            }

            if (Value(depth + 1) is not { } value)
                return null;
            entries.Add(new(name, value));
        }

        return new(At(start), entries);
    }

    private SpecNode? Refuse(Span at, string title, string expected, string action)
    {
        problems.Add("E005", SpecPath.Root, title, expected, action, at);
        return null;
    }

    private static Span At(ParsingEvent e) => new(
        (int)e.Start.Line,
        (int)e.Start.Column,
        e.Start.Line == e.End.Line ? (int)Math.Max(1, e.End.Column - e.Start.Column) : 1);

    // The scanner complains about a tab at the start of the file, wherever it stands.
    private static Span? FirstTab(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var tab = lines[i].IndexOf('\t');
            if (tab >= 0 && string.IsNullOrWhiteSpace(lines[i][..tab]))
                return new Span(i + 1, tab + 1, 1);
        }

        return null;
    }

    // What is missing at the end of the file is missing after its last word.
    private static Span Place(Mark mark, string[] lines)
    {
        var line = (int)Math.Clamp(mark.Line, 1, lines.Length);
        var column = (int)Math.Max(1, mark.Column);
        while (line > 1 && string.IsNullOrWhiteSpace(lines[line - 1]))
        {
            line--;
            column = lines[line - 1].Length + 1;
        }

        return new(line, column, 1);
    }

    private static string Sentence(string message) => message.Split('\n')[0].TrimEnd('.');
}
