namespace RedisHaBake.Cli.Page;

/// <summary>A part of a text to paste, as the page needs it to show and to complete the whole.</summary>
/// <param name="Text">The part as it stands in the text; of an address alone that comes later the word that stands for it until then.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Late">Which addresses belong there, of the kinds that come later.</param>
internal sealed record TextPiece(string Text, TextPieceKind Kind, IReadOnlyList<string> Late)
{
    /// <summary>A part that is there already.</summary>
    public TextPiece(string text, TextPieceKind kind)
        : this(text, kind, [])
    {
    }

    /// <summary>The part once <paramref name="addresses"/> are known; the page's script does the same.</summary>
    public string Fill(IReadOnlyDictionary<string, string> addresses) => Kind switch
    {
        TextPieceKind.Known => $"{{{string.Join(", ", Late.Where(addresses.ContainsKey).Select(n => $"\"{n}\":\"{addresses[n]}\""))}}}",
        TextPieceKind.Extra => addresses.GetValueOrDefault(Late[0], Text),
        _ => Text,
    };
}
