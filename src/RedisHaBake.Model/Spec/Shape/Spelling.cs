namespace RedisHaBake.Model.Spec.Shape;

/// <summary>Guesses what was meant.</summary>
public static class Spelling
{
    /// <summary>The candidate that is at most a third of its length in edits away from <paramref name="word"/>; null where none is.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > 64)
            return null;
        var best = candidates.Select(c => (Candidate: c, Distance: Distance(Plain(word), Plain(c)))).OrderBy(x => x.Distance).FirstOrDefault();
        return best.Candidate is not null && best.Distance <= Math.Max(1, best.Candidate.Length / 3) ? best.Candidate : null;
    }

    /// <summary>The path of a key elsewhere in the spec that is nearly <paramref name="word"/>, such as redis.maxMemory or, from a deeper place, baked; null where there is none.</summary>
    public static string? Elsewhere(string word, Section root) => root.Fields
        .Select(f => (Path: f.Name, f.Name))
        .Concat(root.Fields
            .Where(f => f.Kind is Section)
            .SelectMany(f => ((Section)f.Kind).Fields, (outer, inner) => (Path: $"{outer.Name}.{inner.Name}", inner.Name)))
        .Where(x => Nearest(word, [x.Name]) is not null)
        .OrderBy(x => Distance(Plain(word), Plain(x.Name)))
        .Select(x => x.Path)
        .FirstOrDefault();

    // max_memory, max-memory and MaxMemory all mean maxMemory.
    private static string Plain(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // Damerau's distance in its restricted form: two neighbours that changed places count once, as they do to the fingers.
    private static int Distance(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                var change = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(change, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[a.Length, b.Length];
    }
}
