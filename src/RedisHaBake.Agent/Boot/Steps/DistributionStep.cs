using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// Debian starts redis, sentinel and haproxy as soon as they are installed, on configurations of its own. Those processes are
/// stopped once, before the first start by the plan; the units stay disabled until the node is ready. What the plan does not want
/// here at all stays stopped and disabled.
/// </summary>
public sealed class DistributionStep(AgentContext agent) : IStep
{
    /// <summary>Says that every process of our units since then is the plan's.</summary>
    public const string TakenOver = "/var/lib/redishabake/taken-over";

    /// <inheritdoc/>
    public string Name => "distribution";

    private bool IsTakenOver => agent.Root.Exists(TakenOver);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        List<Difference> differences = [];
        foreach (var unit in await UnitsAsync(ct))
        {
            if (unit.IsEnabled)
                differences.Add(new(unit.Name, "disabled", "enabled by the distribution"));
            if (unit.ActiveState is not "inactive" and not "failed")
                differences.Add(new(unit.Name, "stopped", "started by the distribution"));
        }

        if (!IsTakenOver)
            differences.Add(new(TakenOver, "a file, once the distribution's services were stopped", "none"));
        return differences;
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var units = await UnitsAsync(ct);
        var enabled = units.Where(u => u.IsEnabled).Select(u => u.Name).ToList();
        if (enabled.Count > 0)
            await agent.Systemd.DisableAsync(enabled, ct);
        foreach (var unit in units)
        {
            await agent.Systemd.StopAsync(unit.Name, ct);
            await agent.Systemd.ResetFailedAsync(unit.Name, ct);
        }

        if (!IsTakenOver)
            agent.Root.Write(TakenOver, "The services that the distribution had started by itself were stopped here; all later ones run by /etc/redishabake/node.json.\n");
    }

    private async Task<IReadOnlyList<UnitState>> UnitsAsync(CancellationToken ct)
    {
        var wanted = NodeUnits.Of(agent.Plan, agent.Layout);
        List<UnitState> units = [];
        foreach (var name in NodeUnits.OfDistribution.Where(u => !IsTakenOver || !wanted.Contains(u)))
        {
            var unit = await agent.Systemd.GetAsync(name, ct);
            if (unit.Exists && unit.LoadState != "masked")
                units.Add(unit);
        }

        return units;
    }
}
