using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>A planned restart of the master, as after a change that only a person made; for all faults see <see cref="DrillTests"/>.</summary>
[Collection(SharedCluster.Name)]
public class FailoverTests(TutorialCluster cluster)
{
    [Fact]
    public async Task Restarting_Redis_on_the_master_hands_over_and_the_node_joins_again()
    {
        var before = await cluster.RestAsync();
        var machine = cluster.Lab[before];
        var verdict = await cluster.RecordAsync(async () =>
        {
            await machine.RunAsync("systemctl", "restart", "redis-server");
            await LabGround.UntilAsync(
                async () => (await machine.RunAsync(["cat", "/run/redishabake/join.json"])).Output.Contains("may be promoted", StringComparison.Ordinal),
                LabGround.RestLimit,
                $"{before} has joined again as a replica that may be promoted");
        });
        NothingLost(verdict);
        await LabGround.UntilAsync(async () => await LabView.RoleAsync(cluster.Lab, machine) == "replica", LabGround.RestLimit, $"{before} is a replica");
    }

    private static void NothingLost(Verdict verdict)
    {
        Assert.True(verdict.Clients.All(c => c.Lost == 0), $"lost: {string.Join(", ", verdict.LostKeys)}");
        Assert.Empty(verdict.Invented);
        Assert.True(verdict.WriteAddress.Acked > 100, $"only {verdict.WriteAddress.Acked} writes were acked");
        Assert.All(verdict.MissingOnNodes, node => Assert.Equal(0, node.Value));
    }
}
