using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Machines go and come: each, then all at once; and after all of it nobody was refused a command.</summary>
[Collection(SharedCluster.Name)]
public class RebootTests(TutorialCluster cluster)
{
    [Fact]
    public async Task Each_node_and_then_all_at_once_reboot_and_keep_every_write()
    {
        await cluster.RestAsync();
        foreach (var node in cluster.Nodes)
        {
            var verdict = await cluster.RecordAsync(() => RebootAsync(cluster.Lab[node]));
            Assert.All(verdict.Clients, c => Assert.Equal(0, c.Lost));
        }

        var all = await cluster.RecordAsync(() => Task.WhenAll(cluster.Lab.Machines.Select(RebootAsync)));
        Assert.All(all.Clients, c => Assert.Equal(0, c.Lost));
        Assert.Empty(await AclLog.ReadAsync(cluster.Lab));
    }

    private async Task RebootAsync(Machine machine)
    {
        var old = machine.Init!;
        await Fault.Of("reboot").InjectAsync(cluster.Lab, machine);
        await LabGround.UntilAsync(() => Task.FromResult(!old.IsAlive && machine.IsOn), LabGround.BootLimit, $"{machine.Node.Name} goes down and comes back");
        await Readiness.WaitAsync([machine], LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
    }
}
