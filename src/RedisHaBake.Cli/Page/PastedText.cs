using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Page;

/// <summary>A text to paste in its parts.</summary>
/// <param name="Node">The node that it is for.</param>
/// <param name="Given">Which extra addresses it is for, where giving one changes more than the place where it stands; null where it is for any.</param>
/// <param name="Pieces">Put together they are the text, byte for byte.</param>
internal sealed record PastedText(string Node, IReadOnlyList<string>? Given, IReadOnlyList<TextPiece> Pieces)
{
    /// <summary>Takes <paramref name="text"/> apart at what stands in <paramref name="marks"/>.</summary>
    public static PastedText Of(string node, string text, IReadOnlyList<(string Mark, TextPiece Piece)> marks)
    {
        var pieces = new List<TextPiece>();
        var from = 0;
        while (Next(text, from, marks) is { } next)
        {
            if (next.At > from)
                pieces.Add(new(text[from..next.At], TextPieceKind.Plain));
            pieces.Add(next.Piece);
            from = next.At + next.Length;
        }

        if (from < text.Length)
            pieces.Add(new(text[from..], TextPieceKind.Plain));
        return new(node, null, pieces);
    }

    /// <summary>What nobody should see over a shoulder: the internal passwords, and the users' as hashes.</summary>
    public static IEnumerable<(string Mark, TextPiece Piece)> Secrets(NodePlan plan)
    {
        var secrets = plan.Secrets;
        return ((string[])
        [
            secrets.Replication, secrets.SentinelToRedis, secrets.SentinelToSentinel, secrets.HealthCheck, secrets.Agent, secrets.Stats, secrets.ClusterId,
            .. plan.Users.Select(u => u.PasswordSha256),
        ]).Distinct().Select(s => (s, new TextPiece(s, TextPieceKind.Secret)));
    }

    /// <summary>The text once <paramref name="addresses"/> are known.</summary>
    public string Fill(IReadOnlyDictionary<string, string> addresses) => string.Concat(Pieces.Select(p => p.Fill(addresses)));

    // The first; of those that begin at one place the longest.
    private static (int At, int Length, TextPiece Piece)? Next(string text, int from, IReadOnlyList<(string Mark, TextPiece Piece)> marks)
        => marks.Select(m => (At: text.IndexOf(m.Mark, from, StringComparison.Ordinal), m.Mark.Length, m.Piece))
            .Where(m => m.At >= 0)
            .OrderBy(m => m.At).ThenByDescending(m => m.Length)
            .Select(m => ((int, int, TextPiece)?)m)
            .FirstOrDefault();
}
