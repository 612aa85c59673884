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

    /// <summary>The path of a key elsewhere in the spec that is nearly <paramref name="word"/>, such as redis.maxMemory; null where there is none.</summary>
    public static string? Elsewhere(string word, Section root) => root.Fields
        .Where(f => f.Kind is Section)
        .SelectMany(f => ((Section)f.Kind).Fields, (outer, inner) => (Path: $"{outer.Name}.{inner.Name}", inner.Name))
        .Where(x => Nearest(word, [x.Name]) is not null)
        .OrderBy(x => Distance(Plain(word), Plain(x.Name)))
        .Select(x => x.Path)
        .FirstOrDefault();

    // max_memory, max-memory and MaxMemory all mean maxMemory.
    private static string Plain(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
