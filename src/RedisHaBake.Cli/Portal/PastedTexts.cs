using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Portal;

/// <summary>
/// The texts in parts that the page puts together with what is typed. The parts are cut out of texts that the generator itself wrote for
/// addresses that stand out, and are put together again and compared with what it writes for others, before any page is made of them.
/// </summary>
internal sealed class PastedTexts(Generation generation, LateFields late)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The texts of every node; of one node several where an extra address changes more of them than itself.</summary>
    /// <exception cref="InvalidDataException">A text cannot be put together of parts: a mistake of this program.</exception>
    public IReadOnlyList<PastedText> All()
    {
        var extra = late.All.Where(f => !f.IsNode).Select(f => f.Name).ToList();
        IReadOnlyList<IReadOnlyList<string>> subsets = extra.Count == 0 ? [[]] : [[], .. extra.Select(e => (string[])[e]), extra];
        var texts = new List<PastedText>();
        var whole = Cut(extra);
        foreach (var text in whole)
        {
            var one = subsets.All(given => IsRight(text, given));
            texts.AddRange(one ? [text] : subsets.Select(given => Cut(given).First(t => t.Node == text.Node) with { Given = given }));
        }

        foreach (var text in texts)
        {
            if (!IsRight(text, text.Given ?? []))
                throw new InvalidDataException($"the text of {text.Node} cannot be taken apart for the page; expected what `generate` writes; this is a mistake of redishabake");
        }

        return texts;
    }

    private List<PastedText> Cut(IReadOnlyList<string> given)
    {
        var nodes = late.All.Where(f => f.IsNode).ToDictionary(f => f.Name, f => Mark(f.Name));
        return
        [
            .. generation.UserData(With(given.ToDictionary(g => g, Mark)), nodes).Select(t => PastedText.Of(
                t.Plan.Node,
                t.Text,
                [
                    .. PastedText.Secrets(t.Plan),
                    .. given.Select(g => (Mark(g), new TextPiece(Words.None, TextPieceKind.Extra, [g]))),
                    .. Known(t.Plan),
                ])),
        ];
    }

    // As generate writes it with all of them.
    private static IEnumerable<(string Mark, TextPiece Piece)> Known(NodePlan plan)
    {
        if (plan.Known.Count == 0)
            return [];
        var piece = new TextPiece("", TextPieceKind.Known, [.. plan.Known.Keys]);
        return [(piece.Fill(plan.Known), piece)];
    }

    // With none of the nodes' addresses, with each, with all.
    private bool IsRight(PastedText text, IReadOnlyList<string> given)
    {
        var extra = given.ToDictionary(g => g, g => g == LateFields.Write ? "192.0.2.201" : "192.0.2.2");
        var every = late.All.Where(f => f.IsNode).Select((f, i) => KeyValuePair.Create(f.Name, $"192.0.2.{10 + i}")).ToDictionary();
        return every.Select(e => new Dictionary<string, string>([e])).Prepend(Nothing).Append(every)
            .All(nodes => generation.UserData(With(extra), nodes).First(t => t.Plan.Node == text.Node).Text == text.Fill(nodes.Concat(extra).ToDictionary()));
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
