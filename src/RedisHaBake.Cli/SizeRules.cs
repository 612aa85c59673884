using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli;

/// <summary>E300: a text that the provider would refuse.</summary>
internal static class SizeRules
{
    public static void Check(ClusterSpec spec, IReadOnlyList<NodeTexts> nodes, ProblemList problems)
    {
        var large = nodes.Where(n => n.Size > spec.Provider.Limit).ToList();
        if (large.Count == 0)
            return;
        var largest = large.MaxBy(n => n.Size)!;
        problems.Add(
            "E300",
            SpecPath.Root["nodes"][nodes.TakeWhile(n => !ReferenceEquals(n, largest)).Count()],
            large.Count == 1
                ? $"the user-data of {largest.Node} has {largest.Size:N0} bytes"
                : $"the user-data of {large.Count} nodes is too large, that of {largest.Node} the largest with {largest.Size:N0} bytes",
            $"expected at most {spec.Provider.Limit:N0}, what {spec.Provider.Title} takes",
            "shorten the extra lines, bake an image (`baked: true`), or name a `provider` that takes more");
    }
}
