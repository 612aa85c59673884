using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli;

/// <summary>E300: a text that the provider would refuse.</summary>
internal static class SizeRules
{
    public static void Check(ClusterSpec spec, IReadOnlyList<NodeTexts> nodes, ProblemList problems)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Size <= spec.Provider.Limit)
                continue;
            problems.Add(
                "E300",
                SpecPath.Root["nodes"][i],
                $"the user-data of {nodes[i].Node} has {nodes[i].Size:N0} bytes",
                $"expected at most {spec.Provider.Limit:N0}, what {spec.Provider.Title} takes",
                "shorten the extra lines, bake an image (`baked: true`), or name a `provider` that takes more");
        }
    }
}
