using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>
/// The texts in parts that the page puts together with what is typed. The parts are cut out of texts that the generator itself wrote for
/// addresses that stand out, and are put together again and compared with what it writes for others, before any page is made of them.
/// </summary>
internal sealed class PastedTexts(Generation generation, LateFields late)
{
    private readonly List<string> _nodes = [.. late.All.Where(f => f.IsNode).Select(f => f.Name)];
    private readonly List<string> _extra = [.. late.All.Where(f => !f.IsNode).Select(f => f.Name)];

    /// <summary>The texts of every node; of one node several where an extra address changes more of them than itself.</summary>
    /// <exception cref="InvalidDataException">A text cannot be put together of parts: a mistake of this program.</exception>
    public IReadOnlyList<PastedText> All()
    {
        IReadOnlyList<IReadOnlyList<string>> subsets = _extra.Count == 0 ? [[]] : [[], .. _extra.Select(e => (string[])[e]), _extra];
        var written = subsets.Select(Written).ToList();
        bool IsRight(PastedText text, int subset) => written[subset].All(w => w.Texts[text.Node] == text.Fill(w.Addresses));
        var texts = new List<PastedText>();
        foreach (var text in Cut(_extra))
        {
            if (Enumerable.Range(0, subsets.Count).All(i => IsRight(text, i)))
            {
                texts.Add(text);
                continue;
            }

            for (var i = 0; i < subsets.Count; i++)
            {
                var own = Cut(subsets[i]).First(t => t.Node == text.Node) with { Given = subsets[i] };
                if (!IsRight(own, i))
                    throw new InvalidDataException($"the text of {own.Node} cannot be taken apart for the page; expected what `generate` writes; this is a mistake of redishabake");
                texts.Add(own);
            }
        }

        return texts;
    }

    private IEnumerable<PastedText> Cut(IReadOnlyList<string> given)
        => generation.UserData(With(given.ToDictionary(g => g, Mark)), _nodes.ToDictionary(n => n, Mark)).Select(t => PastedText.Of(
            t.Plan.Node,
            t.Text,
            [.. PastedText.Secrets(t.Plan), .. given.Select(g => (Mark(g), new TextPiece(Words.None, TextPieceKind.Extra, [g]))), .. Known(t.Plan), .. Way(t.Plan)]));

    // As generate writes it with all of them.
    private static IEnumerable<(string Mark, TextPiece Piece)> Known(NodePlan plan)
    {
        if (plan.Known.Count == 0)
            return [];
        var piece = new TextPiece("", TextPieceKind.Known, [.. plan.Known.Keys]);
        return [(piece.Fill(plan.Known), piece)];
    }

    // The address alone, where a node installs through another.
    private static IEnumerable<(string Mark, TextPiece Piece)> Way(NodePlan plan)
        => AptProxy.Via(plan) is { Address: Words.Auto, Name: var via } ? [(Mark(via), new(Egress.Unknown(via), TextPieceKind.Extra, [via]))] : [];

    // What generate writes with these extra addresses: with none of the nodes' known, with all, and with each where there are no extra ones.
    private List<(Dictionary<string, string> Addresses, Dictionary<string, string> Texts)> Written(IReadOnlyList<string> given)
    {
        var extra = given.ToDictionary(g => g, g => g == LateFields.Write ? "192.0.2.201" : "192.0.2.2");
        var every = _nodes.Select((n, i) => KeyValuePair.Create(n, $"192.0.2.{10 + i}")).ToDictionary();
        var known = given.Count > 0 ? [] : every.Select(e => new Dictionary<string, string>([e]));
        return
        [
            .. known.Prepend([]).Append(every).Select(nodes => (
                nodes.Concat(extra).ToDictionary(),
                generation.UserData(With(extra), nodes).ToDictionary(t => t.Plan.Node, t => t.Text))),
        ];
    }

    private ClusterSpec With(Dictionary<string, string> extra)
    {
        var spec = generation.Spec!;
        return spec with
        {
            Addresses = spec.Addresses with
            {
                Write = extra.GetValueOrDefault(LateFields.Write, spec.Addresses.Write),
                Read = extra.GetValueOrDefault(LateFields.Read, spec.Addresses.Read),
            },
        };
    }

    // No address and no word of a text looks like it.
    private static string Mark(string name) => $"late.{name}.late";
}
