using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Boot.Steps;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Status;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Doctor;

/// <summary>
/// What a status and the differences from the plan mean to a person at 3 a.m.: the cause first, and its consequences summed up in a line.
/// Pure, but for the marks of this boot.
/// </summary>
public static class Examination
{
    /// <summary>The findings, the cause first, and what was left out as its consequence; empty where nothing was.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="status">It and its cluster.</param>
    /// <param name="steps">The names of the sequence's steps, in order.</param>
    /// <param name="differences">What each step finds now.</param>
    /// <param name="lastWords">What a unit's program said before it ended, by the unit's name; empty where nothing is known.</param>
    public static (IReadOnlyList<Finding> Findings, string LeftOut) Of(
        AgentContext agent, StatusReport status, IReadOnlyList<string> steps, IReadOnlyList<(string Step, Difference Difference)> differences, Func<string, string> lastWords)
    {
        List<Finding> findings = [];
        if (agent.PlanProblem.Length > 0)
            findings.Add(new(agent.PlanProblem, Remedy.OfPlan(agent.PlanProblem)));
        // With a plan that cannot be used nothing is applied, so nothing waits for its turn.
        var cause = agent.PlanProblem.Length > 0 ? null : Cause.Of(status, steps, differences);
        if (cause is not null)
            findings.Add(cause.Finding);

        // Until this boot has started a service by the plan, that it does not run is no fault; and before that, on the distribution's own
        // configuration, it must not be started by anybody.
        var isOurs = agent.Root.Exists(DistributionStep.TakenOver);
        var wasReady = agent.Root.Exists(BootReport.ReadyFile);
        int Step(string name) => steps.ToList().IndexOf(name);
        bool HasItsTurn(string step) => isOurs && (cause is null || Step(step) < cause.Step || (wasReady && Step(step) > cause.Step));
        var stopped = status.Units.Where(u => (!u.Running || u.IsMasked) && u.Unknown.Length == 0 && (u.Name == NodeUnits.Agent ? findings.Count == 0 : HasItsTurn(StepOf(agent, u.Name)))).ToList();
        findings.AddRange(status.Units.Select(u => u.Unknown).Where(u => u.Length > 0).Distinct().Select(u => new Finding(
            $"whether its services run is unknown: {u}", "systemctl start dbus.socket dbus; then look again: redishabake-agent doctor")));
        findings.AddRange(stopped.Where(u => u.IsMasked).Select(u => new Finding(
            $"{u.Name}: expected not masked, found masked", $"{Masked.WayOut(u.Name)}; then: systemctl restart {NodeUnits.Agent}")));
        var loads = status.Nodes.Any(n => n.Name == status.Node && n.Role == NodeStatus.Loading);
        findings.AddRange(stopped.Where(u => !u.IsMasked && !(loads && u.Name == agent.Layout.ServerUnit)).Select(u => Stopped(u, lastWords(u.Name))));

        // What a step only finds at the first boot, or what was said above in better words, is left out.
        var open = differences.Where(d => d.Step is not "ready" and not "verify" and not "join").ToList();
        var late = open.Where(d => cause is not null && Step(d.Step) >= cause.Step).ToList();
        var stoppedSteps = stopped.Select(u => StepOf(agent, u.Name)).ToHashSet();
        if (stoppedSteps.Contains("redis") || stoppedSteps.Contains("sentinel"))
            stoppedSteps.Add("settings");
        findings.AddRange(Drift([.. open.Except(late).Where(d => !stoppedSteps.Contains(d.Step))]));
        findings.AddRange(OfCluster(agent, status, cause, stopped));
        // A container's kernel is not wrong here, it is somebody else's: a remark.
        findings.AddRange(status.Kernel.Where(k => k.Found != k.Planned && !k.Changeable && !KernelSettings.InContainer(agent.Root)).Select(kernel => new Finding(
            $"{kernel.Name}: expected {kernel.Planned}, found {kernel.Found}", "this kernel does not let itself be set so: take the setting out of the spec, or use another kernel")));
        return (findings, late.Count(d => d.Step != steps[cause?.Step ?? 0]) is > 0 and var n ? LeftOut(n, steps.Count - cause!.Step - 1) : "");
    }

    // One that is being started must not be restarted by a person: a Redis that reads its data would begin again.
    private static Finding Stopped(UnitStatus unit, string lastWords) => new(
        $"{unit.Name}: expected running, found {unit.State}{(lastWords.Length > 0 ? $"; it said last: {lastWords}" : "")}",
        (lastWords.Length > 0 ? $"do what its own words ask for (all of them: journalctl -u {unit.Name} -n 50)" : $"journalctl -u {unit.Name} -n 50 says why")
            + (unit.State.StartsWith("activating", StringComparison.Ordinal) ? $"; it is started again by itself (at once: systemctl restart {unit.Name})" : $"; then: systemctl restart {unit.Name}"));

    private static string LeftOut(int differences, int steps)
        => $"{(differences == 1 ? "1 difference" : $"{differences} differences")} from the plan that the {(steps == 1 ? "step" : $"{steps} steps")} after it will settle "
            + $"{(differences == 1 ? "is" : "are")} left out, and what follows from {(differences == 1 ? "it" : "them")} in the cluster (all: redishabake-agent plan)";

    // One finding a step: they have one remedy. Those that only a person can settle stand alone.
    private static IEnumerable<Finding> Drift(IReadOnlyList<(string Step, Difference Difference)> differences)
    {
        foreach (var step in differences.Where(d => d.Difference.Next.Length == 0).GroupBy(d => d.Step))
        {
            var list = step.Select(d => d.Difference.ToString()).ToList();
            yield return new(
                list.Count == 1 ? $"{step.Key}: {list[0]}" : $"{step.Key}: {list.Count} things differ from the plan: {string.Join("; ", list)}",
                $"systemctl restart {NodeUnits.Agent} (it applies the plan, and restarts no server)");
        }

        foreach (var (step, difference) in differences.Where(d => d.Difference.Next.Length > 0))
            yield return new($"{step}: {difference with { Next = "" }}", difference.Next);
    }

    private static IEnumerable<Finding> OfCluster(AgentContext agent, StatusReport status, Cause? cause, IReadOnlyList<UnitStatus> stopped)
    {
        // A node that is not a member yet, or has lost its address, sees nothing of a cluster that anybody could act on from here.
        if (cause is not null && (cause.Step == 0 || status.State is "starting" or "failed") && !agent.Root.Exists(BootReport.ReadyFile))
            return [];
        if (cause is { Step: 0 } && status.Nodes.All(n => !ClusterExamination.Answers(n)))
            return [];
        bool Said(NodeStatus node) => (cause is not null && ClusterExamination.Names(cause.Finding.What, node.Name))
            || (node.Name == status.Node && stopped.Any(u => !u.Running && (u.Name == agent.Layout.ServerUnit || u.Name == agent.Layout.SentinelUnit)));
        var silent = ClusterExamination.OfSilence(status, Said);
        return cause is not null && status.State == "waiting" ? silent : [.. silent, .. ClusterExamination.Of(status)];
    }

    private static string StepOf(AgentContext agent, string unit)
        => unit == agent.Layout.ServerUnit ? "redis"
            : unit == agent.Layout.SentinelUnit ? "sentinel"
            : unit == UnitDropIns.HaproxyUnit ? "haproxy"
            : unit == UnitDropIns.KeepalivedUnit ? "keepalived"
            : unit == FirewallNft.Unit ? "firewall"
            : unit == UnitDropIns.JoinUnit ? "join"
            : "";
}
