using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>The relations between the spec's values.</summary>
public static class SpecRules
{
    /// <summary>Adds every broken rule to <paramref name="problems"/>, which has the reader's problems already.</summary>
    /// <param name="spec">The spec as it was read.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="written">Whether the file itself has a value at a path, rather than a default.</param>
    /// <param name="handsOut">Whether texts are to be handed out: a stock VM's needs to know where the agent is.</param>
    public static void Check(ClusterSpec spec, ProblemList problems, Func<SpecPath, bool> written, bool handsOut)
    {
        var context = new RuleContext(spec, problems, written, handsOut);
        NodeRules.Check(context);
        AddressRules.Check(context);
        RoleRules.Check(context);
        FailoverRules.Check(context);
        PortRules.Check(context);
        EngineRules.Check(context);
        AgentRules.Check(context);
        EgressRules.Check(context);
        UserRules.Check(context);
        MemoryRules.Check(context);
        ExtraRules.Check(context);
        FirewallRules.Check(context);
    }
}
