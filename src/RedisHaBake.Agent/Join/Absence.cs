using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Join;

/// <summary>
/// Data nodes that a person has said not to wait for at the first boot, in a file that outlives an interruption. When such a node
/// comes, the others carry a life mark, and it can only follow.
/// </summary>
public static class Absence
{
    /// <summary>One node's name a line.</summary>
    public const string File = "/var/lib/redishabake/absent";

    /// <summary>The names; none where nobody said so.</summary>
    public static IReadOnlyList<string> Read(MachineRoot root) => (root.Read(File) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Keeps them.</summary>
    public static void Write(MachineRoot root, IEnumerable<string> nodes) => root.Write(File, string.Concat(nodes.Select(n => n + "\n")));

    /// <summary>The data node that bootstraps: the plan's initial master, or the first one that is not absent.</summary>
    public static string Bootstrapper(NodePlan plan, IReadOnlyCollection<string> absent)
        => absent.Contains(plan.InitialMaster) ? plan.DataNodes.FirstOrDefault(n => !absent.Contains(n.Name))?.Name ?? "" : plan.InitialMaster;
}
