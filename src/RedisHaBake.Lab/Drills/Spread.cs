namespace RedisHaBake.Lab.Drills;

/// <summary>The middle and the worst of several runs, in seconds.</summary>
/// <param name="P50">The median; of an even number of runs the mean of the two in the middle.</param>
/// <param name="Max">The longest.</param>
public sealed record Spread(double P50, double Max)
{
    /// <summary>The spread of <paramref name="seconds"/>, or null where there are none.</summary>
    public static Spread? Of(IEnumerable<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return sorted.Count == 0 ? null : new((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[^1]);
    }
}
