using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Cli.Page;
using RedisHaBake.Model.Plan;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>The page to paste from tells which steps a first boot has; the agent is who has them.</summary>
public sealed class PageStepsTests
{
    [Fact]
    public void The_steps_that_the_page_tells_are_the_agents_in_every_layout_on_every_node()
    {
        using var machine = new FakeMachine();
        NodePlan[] layouts = [SampleLayouts.ThreeAllInOne(), SampleLayouts.TwoDataAndWitness(), SampleLayouts.SeparateProxies(), SampleLayouts.FiveData(), SampleLayouts.Pinned()];
        foreach (var plan in layouts.SelectMany(l => l.Nodes, (l, n) => l with { Node = n.Name }))
        {
            var agent = new AgentContext(machine.Root, plan, () => SamplePlan.Host(plan.Self.Address), machine.Journal, machine.Systemd, machine.Clock);
            Assert.Equal(BootSequence.Steps(agent, new BootStory(agent)).Select(s => s.Name), FirstBoot.Steps(plan));
        }
    }
}
