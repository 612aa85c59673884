using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// Sentinel's first configuration. Afterwards the file is Sentinel's own state and is changed only by SENTINEL MONITOR, SET and REMOVE:
/// it carries no monitor line, because only the join knows who the master is.
/// </summary>
public static class SentinelConf
{
    /// <summary>The text.</summary>
    public static string Render(NodePlan plan, HostFacts host)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        return new ConfigText()
            .Line("# First text by RedisHaBake; from the first start on Sentinel keeps its own state here.")
            .Line($"bind {host.Address} 127.0.0.1")
            .Line($"port {plan.Ports.Sentinel}")
            .Line("protected-mode yes")
            .Line($"pidfile /run/sentinel/{layout.User}-sentinel.pid")
            .Line("loglevel notice")
            .Line("logfile \"\"")
            .Line($"dir {layout.DataDirectory}")
            .Line($"aclfile {layout.SentinelAcl}")
            .Line($"sentinel myid {MyId(plan)}")
            .Line($"sentinel announce-ip {host.Address}")
            .Line($"sentinel announce-port {plan.Ports.Sentinel}")
            .Line("sentinel deny-scripts-reconfig yes")
            .Line($"sentinel sentinel-user {InternalUsers.Sentinel}")
            .Line($"sentinel sentinel-pass {plan.Secrets.SentinelToSentinel}")
            .Lines(plan.Redis.SentinelExtra)
            .ToString();
    }

    /// <summary>The file to write before Sentinel's start when there is none, or one without <see cref="MyId"/>; Sentinel owns it.</summary>
    public static ManagedFile Seed(NodePlan plan, HostFacts host)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        return new(layout.SentinelConfig, Render(plan, host), "0640", layout.User, layout.User);
    }

    /// <summary>Whether a text, which Sentinel may have written since, is the state of this node's Sentinel.</summary>
    public static bool IsOurs(string text, NodePlan plan)
    {
        var id = "sentinel myid " + MyId(plan);
        return text.Split('\n').Any(line => line.Trim() == id);
    }

    /// <summary>The address that such a text binds to beside loopback; null where it does not say.</summary>
    public static string? BoundTo(string text)
        => text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).FirstOrDefault(words => words is ["bind", _, ..])?[1].Trim('"');

    /// <summary>
    /// Sentinel's id: 40 hex digits, the same for a re-created node, other for every other node and cluster (two Sentinels with one id
    /// never see each other; a new id per re-creation would inflate the majority).
    /// </summary>
    public static string MyId(NodePlan plan) => Sha256Hex.Of($"{plan.Secrets.ClusterId}/{plan.Node}")[..40];
}
