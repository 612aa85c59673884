using RedisHaBake.Model.Spec.Problems;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>The relations between the spec's values.</summary>
public static class SpecRules
{
    /// <summary>Adds every broken rule to <paramref name="problems"/>.</summary>
    public static void Check(ClusterSpec spec, ProblemList problems)
    {
    }
}
