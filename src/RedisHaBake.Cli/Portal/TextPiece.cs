namespace RedisHaBake.Cli.Portal;

/// <summary>A part of a text to paste, as the page needs it to show and to complete the whole.</summary>
/// <param name="Text">The part as it stands in the text; of an address that comes later the word that stands for it until then.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Late">Which address belongs there; empty for other kinds.</param>
internal sealed record TextPiece(string Text, TextPieceKind Kind, string Late = "");
