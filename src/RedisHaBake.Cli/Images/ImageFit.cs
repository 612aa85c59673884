using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;
using OperatingSystem = RedisHaBake.Model.Spec.OperatingSystem;

namespace RedisHaBake.Cli.Images;

/// <summary>Whether the VMs of an image become what a spec wants of them. Asked before a text is written, since a VM would say no only at its boot.</summary>
internal static class ImageFit
{
    /// <summary>Every reason against it, each with what to do; empty where the image serves the spec.</summary>
    /// <param name="stamp">The image.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="plans">The plans that the texts carry.</param>
    public static IReadOnlyList<string> Reasons(ImageStamp stamp, ClusterSpec spec, IReadOnlyList<NodePlan> plans)
    {
        List<string> reasons = [];
        if (plans.Max(p => p.Schema) > stamp.PlanSchema)
        {
            reasons.Add($"its agent {stamp.Agent} reads plans up to schema {stamp.PlanSchema}, this program writes schema {plans.Max(p => p.Schema)}; "
                + "build the image with the agent that belongs to this program, or generate with the older program");
        }

        if (spec.Os.Suite != stamp.Suite)
            reasons.Add($"it is {Name(stamp.Suite)}, the spec says os: {spec.Os.Name}; build one for {spec.Os.Name}, or change the spec");
        if (!spec.Agent.Baked)
            reasons.Add("the spec's texts would install all of it again; set baked: true in the spec");
        if (plans.Any(NeedsEngine) && (spec.Engine.Kind != stamp.Engine || spec.Engine.Major != stamp.EngineMajor))
        {
            reasons.Add($"it carries {Word(stamp.Engine)} {stamp.EngineMajor}, the spec wants {Word(spec.Engine.Kind)} {spec.Engine.Major}; "
                + "build one with that, or change engine in the spec");
        }

        foreach (var node in plans.Select(p => p.Self).Where(n => !stamp.Role.Serves(n)))
        {
            var lacking = node.Roles.Except(stamp.Role.Roles).Select(r => r.ToString().ToLowerInvariant());
            reasons.Add($"{node.Name} is {string.Join(", ", lacking)}, which an image for role {stamp.Role.Word} lacks; boot it from one for role {ImageRole.For(node).Word}");
        }

        return reasons;
    }

    private static bool NeedsEngine(NodePlan plan) => plan.Self.Has(NodeRole.Redis) || plan.Self.Has(NodeRole.Sentinel);

    private static string Name(string suite) => OperatingSystem.All.FirstOrDefault(o => o.Suite == suite)?.Name ?? suite;

    private static string Word(EngineKind engine) => engine.ToString().ToLowerInvariant();
}
