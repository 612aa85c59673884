using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot;

/// <summary>The systemd units that a node's roles need, in the order in which to start them.</summary>
public static class NodeUnits
{
    /// <summary>The agent's own service.</summary>
    public const string Agent = "redishabake-agent.service";

    /// <summary>The units of this plan's node.</summary>
    public static IReadOnlyList<string> Of(NodePlan plan, EngineLayout layout)
    {
        List<string> units = [];
        if (plan.Firewall.Enabled)
            units.Add(FirewallNft.Unit);
        if (plan.Self.Has(NodeRole.Sentinel))
            units.Add(layout.SentinelUnit);
        if (plan.Self.Has(NodeRole.Haproxy))
            units.Add(UnitDropIns.HaproxyUnit);
        if (KeepalivedConf.Runs(plan))
            units.Add(UnitDropIns.KeepalivedUnit);
        if (plan.Self.Has(NodeRole.Redis))
            units.Add(layout.ServerUnit);
        return units;
    }

    /// <summary>Every unit that a distribution may have started by itself, of either engine.</summary>
    public static IReadOnlyList<string> OfDistribution { get; } =
    [
        .. Enum.GetValues<EngineKind>().Select(EngineLayout.For).SelectMany(l => new[] { l.ServerUnit, l.SentinelUnit }),
        UnitDropIns.KeepalivedUnit,
        UnitDropIns.HaproxyUnit,
    ];
}
