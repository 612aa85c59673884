using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Machine;

/// <summary>The plan as cloud-init wrote it.</summary>
public static class PlanFile
{
    /// <summary>Where it stands; it holds the cluster's internal passwords.</summary>
    public const string Path = "/etc/redishabake/node.json";

    /// <summary>
    /// The plan by which this machine's files were last written. The hooks and the join go on by it when the one in
    /// <see cref="Path"/> cannot be used: Redis shall not be without them because a text is wrong.
    /// </summary>
    public const string LastGood = "/var/lib/redishabake/plan.json";

    /// <summary>Whether <paramref name="plan"/> is the last good one.</summary>
    public static bool IsKept(MachineRoot root, NodePlan plan) => root.Read(LastGood) == NodePlanJson.Write(plan);

    /// <summary>Keeps <paramref name="plan"/> as the last good one.</summary>
    public static void Keep(MachineRoot root, NodePlan plan) => root.Write(LastGood, NodePlanJson.Write(plan), "0600");

    /// <summary>Reads the last good plan; null where there is none, or none that can be used.</summary>
    public static NodePlan? ReadLastGood(MachineRoot root)
    {
        try
        {
            return root.Read(LastGood) is { } text ? NodePlanJson.Read(text) : null;
        }
        catch (NodePlanException)
        {
            return null;
        }
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="NodePlanException">Missing, wrong or newer than this agent; nothing was changed.</exception>
    /// <exception cref="MachineException">Whoever runs this may not read it.</exception>
    public static NodePlan Read(MachineRoot root)
    {
        var text = Text(root) ?? throw new NodePlanException(
            $"expected the plan in {Path}, found no such file; it comes with the user-data that `redishabake generate` wrote for this node");
        try
        {
            return NodePlanJson.Read(text);
        }
        catch (NodePlanException e)
        {
            throw new NodePlanException($"{Path}: {e.Message}", e);
        }
    }

    private static string? Text(MachineRoot root)
    {
        try
        {
            return root.Read(Path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MachineException($"{Path} may be read by root only; run this as root (sudo)", e);
        }
    }
}
