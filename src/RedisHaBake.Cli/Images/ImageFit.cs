using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;
using OperatingSystem = RedisHaBake.Model.Spec.OperatingSystem;

namespace RedisHaBake.Cli.Images;

/// <summary>Whether the VMs of an image become what a spec wants of them. Asked before a text is written, since a VM would say no only at its boot.</summary>
internal static class ImageFit
{
    /// <summary>Every reason against it, each with what to do; empty where the images serve the spec.</summary>
    /// <param name="stamps">The images; each node boots from one that has its roles.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="plans">The plans that the texts carry.</param>
    public static IReadOnlyList<string> Reasons(IReadOnlyList<ImageStamp> stamps, ClusterSpec spec, IReadOnlyList<NodePlan> plans)
    {
        List<string> reasons = [.. stamps.SelectMany(s => Reasons(s, spec, plans).Select(reason => $"{s.Path}: {reason}"))];
        if (!spec.Agent.Baked)
            reasons.Add("the spec's texts would install all of it again; set baked: true in the spec");
        foreach (var node in plans.Select(p => p.Self).Where(n => !stamps.Any(s => s.Role.Serves(n))))
        {
            var roles = string.Join(", ", node.Roles.Select(r => r.ToString().ToLowerInvariant()));
            reasons.Add($"{node.Name} is {roles}, more than an image for role {string.Join(" or ", stamps.Select(s => s.Role.Word))} has; build one for role {ImageRole.For(node).Word}, and name it too");
        }

        return reasons;
    }

    private static IEnumerable<string> Reasons(ImageStamp stamp, ClusterSpec spec, IReadOnlyList<NodePlan> plans)
    {
        var schema = plans.Max(p => p.Schema);
        if (schema > stamp.PlanSchema)
        {
            yield return $"its agent {stamp.Agent} reads plans up to schema {stamp.PlanSchema}, this program writes schema {schema}; "
                + "build the image with the agent that belongs to this program, or generate with the older program";
        }

        if (spec.Os.Suite != stamp.Suite)
            yield return $"it is {Name(stamp.Suite)}, the spec says os: {spec.Os.Name}; build one for {spec.Os.Name}, or change the spec";
        var wantsEngine = plans.Any(p => NeedsEngine(p) && stamp.Role.Serves(p.Self));
        if (wantsEngine && (spec.Engine.Kind != stamp.Engine || spec.Engine.Major != stamp.EngineMajor))
        {
            yield return $"it carries {Word(stamp.Engine)} {stamp.EngineMajor}, the spec wants {Word(spec.Engine.Kind)} {spec.Engine.Major}; "
                + "build one with that, or change engine in the spec";
        }
    }

    private static bool NeedsEngine(NodePlan plan) => plan.Self.Has(NodeRole.Redis) || plan.Self.Has(NodeRole.Sentinel);

    private static string Name(string suite) => OperatingSystem.All.FirstOrDefault(o => o.Suite == suite)?.Name ?? suite;

    private static string Word(EngineKind engine) => engine.ToString().ToLowerInvariant();
}
