using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.CloudInit;

/// <summary>The text that is pasted into the portal for one VM.</summary>
internal static class UserData
{
    /// <summary>Where the agent looks for its plan.</summary>
    public const string PlanPath = "/etc/redishabake/node.json";

    private const string AgentUnit = "redishabake-agent.service";

    /// <summary>The user-data of <paramref name="plan"/>'s node.</summary>
    /// <param name="plan">The node's plan.</param>
    /// <param name="spec">Says what the image carries and where the rest comes from.</param>
    /// <param name="aptKey">The ASCII-armoured key of packages.redis.io; empty where it is not used.</param>
    public static string Write(NodePlan plan, ClusterSpec spec, string aptKey)
    {
        var files = new List<WriteFile> { new(PlanPath, "0600", NodePlanJson.Write(plan)) };
        var unit = AgentUnit;
        if (!spec.Agent.Baked)
        {
            files.AddRange(Installation.Files(plan, spec, aptKey));
            unit = Installation.Unit;
        }

        var runcmd = new List<IReadOnlyList<string>>();
        if (!spec.Agent.Baked)
            runcmd.Add(["systemctl", "enable", Installation.Short(unit)]);

        // Without --no-block a unit that waits for cloud-init's end and cloud-init would wait for each other.
        runcmd.Add(["systemctl", "start", "--no-block", Installation.Short(unit)]);
        return CloudConfigText.Write(new(
            [
                $"Node {plan.Node} of cluster {plan.Cluster}, for {spec.Os.Name}{(spec.Agent.Baked ? " with everything baked in" : "")}; made by redishabake.",
                "It carries passwords: paste it into this VM's user-data, keep it private.",
            ],
            plan.Node,
            files,
            runcmd));
    }
}
