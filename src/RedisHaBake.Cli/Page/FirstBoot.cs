using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Cli.Page;

/// <summary>
/// What the agent's journal says of a first boot that goes well. The agent is another program; tests hold these lines against the
/// journal of a real boot and against the agent's own list of steps.
/// </summary>
internal static class FirstBoot
{
    /// <summary>The agent's steps on <paramref name="plan"/>'s node, in order.</summary>
    public static IReadOnlyList<string> Steps(NodePlan plan)
    {
        var joins = plan.Self.Has(NodeRole.Redis) || plan.Self.Has(NodeRole.Sentinel);
        return
        [
            "preflight", "kernel", "addresses", "distribution", "files", "firewall",
            .. plan.Self.Has(NodeRole.Sentinel) ? ["sentinel"] : Array.Empty<string>(),
            .. plan.Self.Has(NodeRole.Haproxy) ? ["haproxy"] : Array.Empty<string>(),
            .. KeepalivedConf.Runs(plan) ? ["keepalived"] : Array.Empty<string>(),
            .. plan.Self.Has(NodeRole.Redis) ? ["redis"] : Array.Empty<string>(),
            .. joins ? ["settings", "join"] : Array.Empty<string>(),
            "verify", "enable", "ready",
        ];
    }

    /// <summary>
    /// The lines to look for, without the durations that follow some of them. Where addresses come later there are more steps or fewer, by what is
    /// known when the VM boots, so no number is said.
    /// </summary>
    /// <param name="plan">The node's plan.</param>
    /// <param name="file">Where the agent reads it.</param>
    public static IEnumerable<string> Lines(NodePlan plan, string file)
    {
        var steps = Steps(plan);
        yield return $"{plan.Node} of cluster {plan.Cluster} ({string.Join(", ", plan.Self.Roles.Select(Word))}): making this machine what {file} says{(plan.IsLate ? "" : $", {steps.Count} steps")}";

        // Not the step redis: the join decides as soon as Redis answers, which may be before or after that step has said that it is done.
        foreach (var name in (string[])["files", "sentinel", "haproxy"])
        {
            if (steps.Contains(name))
                yield return $"step {name} {Number(plan, steps, name)}: done";
        }

        if (plan.Node == plan.InitialMaster)
            yield return $"join: every data node is reached and blank and no Sentinel names a master; bootstrapping the cluster {plan.Cluster}";
        yield return $"step ready {Number(plan, steps, "ready")}: done";
        yield return $"{plan.Node} is ready";
    }

    private static string Number(NodePlan plan, IReadOnlyList<string> steps, string name)
        => plan.IsLate ? "(…)" : $"({steps.TakeWhile(s => s != name).Count() + 1}/{steps.Count})";

    private static string Word(NodeRole role) => role.ToString().ToLowerInvariant();
}
