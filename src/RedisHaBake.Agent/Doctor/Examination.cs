using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Status;

namespace RedisHaBake.Agent.Doctor;

/// <summary>What a status and the differences from the plan mean to a person: pure.</summary>
public static class Examination
{
    /// <summary>The findings, the causes before their consequences.</summary>
    public static IEnumerable<Finding> Of(AgentContext agent, StatusReport status, IReadOnlyList<(string Step, Difference Difference)> differences)
    {
        if (agent.PlanProblem.Length > 0)
            yield return new(agent.PlanProblem, $"correct {PlanFile.Path} (generate it again from the spec), then: systemctl restart {NodeUnits.Agent}");
        else if (status.Boot?.Failure is { Length: > 0 } failure)
            yield return new(failure, $"remove the cause, then: systemctl restart {NodeUnits.Agent}");
        if (status.State == "waiting")
            yield return new(status.Reasons[0], "start or repair the node that is named; all that has run here so far stays as it is");
        foreach (var unit in status.Units.Where(u => !u.Running))
            yield return new($"{unit.Name}: expected running, found {unit.State}", $"journalctl -u {unit.Name} -n 50, then: systemctl restart {unit.Name}");
        // What a step only finds at the first boot, or what was said above in better words, is left out.
        foreach (var (step, difference) in differences.Where(d => d.Step is not "ready" and not "verify" and not "join"))
            yield return new($"{step}: {difference with { Next = "" }}", difference.Next.Length > 0 ? difference.Next : $"systemctl restart {NodeUnits.Agent} (it applies the plan)");
        foreach (var finding in OfCluster(status))
            yield return finding;
        // A container's kernel is not wrong here, it is somebody else's: a remark.
        foreach (var kernel in status.Kernel.Where(k => k.Found != k.Planned && !k.Changeable && !KernelSettings.InContainer(agent.Root)))
            yield return new($"{kernel.Name}: expected {kernel.Planned}, found {kernel.Found}", "this kernel does not let itself be set so: take the setting out of the spec, or use another kernel");
    }

    private static IEnumerable<Finding> OfCluster(StatusReport status)
    {
        if (status.Quorum.Answering < status.Quorum.Majority)
            yield return new($"{status.Quorum.Answering} of {status.Quorum.Configured} Sentinels answer, {status.Quorum.Majority} must agree: no failover is possible", "start the nodes whose Sentinel does not answer, or repair the network between them and this node");
        else if (status.Master.Length == 0)
            yield return new("no majority of the Sentinels names a master: nobody takes writes", "look at what each node's join waits for: redishabake-agent status, on every node");
        foreach (var node in status.Nodes)
        {
            if (node.Role == "not answering")
                yield return new($"Redis of {node.Name} ({node.Address}) does not answer", $"on {node.Name}: redishabake-agent doctor; if the VM itself does not answer, start it in the portal");
            else if (node.Sentinel == "not answering")
                yield return new($"the Sentinel of {node.Name} ({node.Address}) does not answer", $"on {node.Name}: redishabake-agent doctor");
            if (node.Role == "replica" && !node.Synced)
                yield return new($"{node.Name} is not in sync", node.Follows.Length == 0 ? $"on {node.Name}: redishabake-agent status says what its join waits for" : $"a first sync takes its time; if it does not end, on {node.Name}: journalctl -u 'redis*' -u 'valkey*' -n 50");
            if (node.Tilt)
                yield return new($"the Sentinel of {node.Name} is in TILT: its clock jumped or it was paused, and it abstains for 30 s", "wait; if it comes again and again, the VM is starved of CPU or its clock is set by two programs");
        }

        if (status.Master.Length > 0 && status.Nodes.Any(n => n.Role == "replica") && status.Nodes.All(n => n.Role != "replica" || n.Priority == 0))
            yield return new("no replica may be promoted: none has completed a sync", "wait for the sync; until then a failure of the master cannot be survived");
        foreach (var address in status.Addresses.Where(a => a.Holder.Length == 0))
            yield return new($"the {address.Use} address {address.Address} ({address.Mode}) is held by no node that answers", address.Mode == "pinned" ? "start the node that it is pinned to" : "systemctl status keepalived haproxy on each proxy; where the provider ties addresses to one VM, choose pinned addresses");
        if (status.Haproxy is { Answering: true, Write.Count: 0 })
            yield return new("HAProxy here lets no write through", "there is no master with a majority of Sentinels behind it, as seen from here: the stats page says which check fails");
    }
}
