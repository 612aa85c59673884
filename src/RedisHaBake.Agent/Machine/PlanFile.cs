using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Machine;

/// <summary>The plan as cloud-init wrote it.</summary>
public static class PlanFile
{
    /// <summary>Where it stands; it holds the cluster's internal passwords.</summary>
    public const string Path = "/etc/redishabake/node.json";

    /// <summary>Reads it.</summary>
    /// <exception cref="NodePlanException">Missing, wrong or newer than this agent; nothing was changed.</exception>
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
            throw new NodePlanException($"{Path} may be read by root only; run this as root (sudo)", e);
        }
    }
}
