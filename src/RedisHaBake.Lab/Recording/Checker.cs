namespace RedisHaBake.Lab.Recording;

/// <summary>History in, verdict out: nothing else decides what counts as lost.</summary>
public static class Checker
{
    /// <summary>How many keys a verdict names.</summary>
    public const int Shown = 20;

    /// <summary>Judges a recording.</summary>
    /// <param name="history">What the clients did.</param>
    /// <param name="found">What was there afterwards.</param>
    /// <exception cref="ArgumentException">A key was written twice: then nobody could say which value ought to be there.</exception>
    public static Verdict Check(History history, ReadBack found)
    {
        var written = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (var operation in history.Operations)
        {
            if (!written.TryAdd(operation.Key, operation))
                throw new ArgumentException($"the key {operation.Key} was written twice; expected each key once", nameof(history));
        }

        var lost = Lost(history, found);
        var invented = found.Nodes.Values.Append(found.Cluster)
            .SelectMany(keys => keys)
            .Where(pair => !written.TryGetValue(pair.Key, out var o) || o.Value != pair.Value || o.Outcome == Outcome.Fail)
            .Select(pair => $"{pair.Key} = {pair.Value}")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new(
            history.Duration.TotalSeconds,
            [.. history.Clients.Keys.Select(client => Judge(client, history, found, lost))],
            TwoNodesAcked(history).TotalSeconds,
            [.. lost.Take(Shown).Select(o => o.Key)],
            [.. invented.Take(Shown)],
            invented.Count,
            found.Nodes.ToDictionary(
                node => node.Key,
                node => history.Operations.Count(o => o.Outcome == Outcome.Ok && found.Cluster.ContainsKey(o.Key) && !node.Value.ContainsKey(o.Key))));
    }

    /// <summary>The writes that were acked and are not there.</summary>
    public static IReadOnlyList<Operation> Lost(History history, ReadBack found)
        => [.. history.Operations.Where(o => o.Outcome == Outcome.Ok && !found.Cluster.ContainsKey(o.Key))];

    /// <summary>The longest time without an ack of <paramref name="client"/> that lies between <paramref name="from"/> and <paramref name="to"/>.</summary>
    /// <param name="history">What the clients did.</param>
    /// <param name="client">The client's name.</param>
    /// <param name="from">From the recording's beginning.</param>
    /// <param name="to">From the recording's beginning.</param>
    /// <returns>How long it was, and when it began.</returns>
    public static (TimeSpan Gap, TimeSpan From) LongestGap(History history, string client, TimeSpan from, TimeSpan to)
    {
        var (gap, since, last) = (TimeSpan.Zero, from, from);
        var acks = history.Operations.Where(o => o.Client == client && o.Outcome == Outcome.Ok && o.End > from && o.End < to).Select(o => o.End).Order();
        foreach (var ack in acks.Append(to))
        {
            if (ack - last > gap)
                (gap, since) = (ack - last, last);
            last = ack;
        }

        return (gap, since);
    }

    private static ClientVerdict Judge(string client, History history, ReadBack found, IReadOnlyList<Operation> lost)
    {
        var own = history.Operations.Where(o => o.Client == client).ToList();
        var (gap, from) = LongestGap(history, client, TimeSpan.Zero, history.Duration);
        return new(
            client,
            own.Count(o => o.Outcome == Outcome.Ok),
            own.Count(o => o.Outcome == Outcome.Fail),
            own.Count(o => o.Outcome == Outcome.Unknown),
            own.Count(o => o.Outcome == Outcome.Unknown && found.Cluster.ContainsKey(o.Key)),
            lost.Count(o => o.Client == client),
            gap.TotalSeconds,
            from.TotalSeconds);
    }

    /// <summary>The time that lies in acking spans of two or more nodes at once.</summary>
    private static TimeSpan TwoNodesAcked(History history)
    {
        var edges = history.Clients
            .Where(client => client.Value.Length > 0)
            .SelectMany(client => Spans([.. history.Operations.Where(o => o.Client == client.Key).OrderBy(o => o.Start)]))
            .SelectMany(span => ((TimeSpan At, int Change)[])[(span.From, 1), (span.To, -1)])
            .OrderBy(edge => edge.At);
        var (total, acking, since) = (TimeSpan.Zero, 0, TimeSpan.Zero);
        foreach (var (at, change) in edges)
        {
            if (acking >= 2)
                total += at - since;
            (acking, since) = (acking + change, at);
        }

        return total;
    }

    // From its first to its last ack in a row a node surely took writes: the first had been executed when its answer came, the last
    // had not when it was sent. A single ack stands for the time that it took.
    private static IEnumerable<(TimeSpan From, TimeSpan To)> Spans(List<Operation> operations)
    {
        Operation? first = null, last = null;
        foreach (var operation in operations.Append(null))
        {
            if (operation is { Outcome: Outcome.Ok })
            {
                (first, last) = (first ?? operation, operation);
                continue;
            }

            if (first is not null && last is not null)
                yield return first == last ? (first.Start, first.End) : (first.End, last.Start > first.End ? last.Start : first.End);
            first = last = null;
        }
    }
}
