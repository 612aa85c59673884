using RedisHaBake.Agent.Boot.Steps;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot;

/// <summary>The agent's table of contents: everything that it does to a machine, in order.</summary>
public static class BootSequence
{
    /// <summary>The steps of this node, by its roles.</summary>
    public static IReadOnlyList<IStep> Steps(AgentContext agent, BootStory story)
    {
        var self = agent.Plan.Self;
        var board = new NoticeBoard(agent);
        var trial = new EngineTrial(agent);
        var users = new AclUsers(agent.Plan);
        IStep?[] steps =
        [
            new PreflightStep(agent, story),
            new KernelStep(agent, story),
            new PinnedAddressesStep(agent),
            // Before the files: our drop-ins would put the hooks around the stop of a Redis that is not ours yet.
            new DistributionStep(agent),
            new FilesStep(agent, trial),
            new FirewallStep(agent),
            self.Has(NodeRole.Sentinel) ? new ServiceStep(agent, "sentinel", agent.Layout.SentinelUnit, agent.Layout.SentinelAcl, NodePorts.OfSentinel(agent.Plan), users.LoadIntoSentinelAsync) : null,
            self.Has(NodeRole.Haproxy) ? new ServiceStep(agent, "haproxy", UnitDropIns.HaproxyUnit, HaproxyCfg.Path, NodePorts.OfHaproxy(agent.Plan)) : null,
            KeepalivedConf.Runs(agent.Plan) ? new ServiceStep(agent, "keepalived", UnitDropIns.KeepalivedUnit, KeepalivedConf.Path, []) : null,
            self.Has(NodeRole.Redis) ? new ServiceStep(agent, "redis", agent.Layout.ServerUnit, agent.Layout.ServerAcl, NodePorts.OfRedis(agent.Plan), users.LoadIntoRedisAsync) : null,
            self.Has(NodeRole.Redis) || self.Has(NodeRole.Sentinel) ? new SettingsStep(agent, story, trial) : null,
            self.Has(NodeRole.Redis) || self.Has(NodeRole.Sentinel) ? new JoinStep(agent, board) : null,
            new VerifyStep(agent, story),
            new EnableStep(agent),
            new ReadyStep(agent, story),
        ];
        return [.. steps.OfType<IStep>()];
    }

    /// <summary>Makes the machine what its plan says and ends when it is ready.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="again">Whether this is another try of the same process.</param>
    /// <param name="ct">Interrupts it; it can be run again.</param>
    /// <exception cref="StepFailedException">The first step that failed.</exception>
    public static async Task ApplyAsync(AgentContext agent, bool again, CancellationToken ct)
    {
        await agent.FindOwnAddressAsync(ct);
        var story = new BootStory(agent, aloud: !again);
        var steps = Steps(agent, story);
        var plan = agent.Plan;
        var start = agent.Clock.GetTimestamp();
        if (!again)
        {
            agent.Journal.Say(
                Severity.Notice,
                $"{plan.Node} of cluster {plan.Cluster} ({string.Join(", ", plan.Self.Roles.Select(r => r.ToString().ToLowerInvariant()))}): "
                + $"making this machine what {PlanFile.Path} says, {steps.Count} steps, agent {BootStory.Version}");
        }

        await new SequenceRunner(agent, story, again).ApplyAsync(steps, ct);
        // Of this run, whatever an earlier one of this boot found.
        try
        {
            var stamp = new ReadyStamp(agent);
            stamp.WriteDurable(story);
            new NoticeBoard(agent).Clear();
            stamp.WriteOfThisBoot(story);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StepFailedException($"the ready stamp could not be written: {e.Message}", e);
        }

        var degraded = story.Report().Degraded;
        agent.Journal.Say(
            Severity.Notice,
            $"{plan.Node} is ready{(plan.LacksWrite ? ", no write address yet" : "")}{(degraded.Count > 0 ? $", degraded: {string.Join("; ", degraded)}" : "")}, {agent.Clock.GetElapsedTime(start).TotalSeconds:0.0}s");
    }
}
