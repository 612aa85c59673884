namespace RedisHaBake.Cluster.Tests;

/// <summary>What the agent costs the machine that it looks after.</summary>
[Collection(SharedCluster.Name)]
public class FootprintTests(TutorialCluster cluster)
{
    // 40 MB as systemd counts them, and the kernel its kB: by 1024.
    private const int BudgetKb = 40 * 1024;

    [Fact]
    public async Task The_service_stays_within_its_memory()
    {
        foreach (var machine in cluster.Lab.Machines)
        {
            // The boot sequence is another program, which makes room for this one when the node is ready; one that was killed, by a test before
            // this one, goes on as it is.
            await machine.RunAsync("systemctl", "restart", "redishabake-agent");
            await LabGround.UntilAsync(
                async () => (await machine.ShellAsync("tr '\\0' ' ' < /proc/$(systemctl show --value -p MainPID redishabake-agent)/cmdline")).EndsWith("watch", StringComparison.Ordinal),
                LabGround.RestLimit,
                $"{machine.Node.Name}: the service is the watch");
            var memory = await machine.RunAsync(
                "bash", "-c",
                "p=$(systemctl show --value -p MainPID redishabake-agent); awk '/^(Rss|Pss):/ {print $1, $2}' /proc/$p/smaps_rollup; cat /proc/$p/comm");
            TestContext.Current.TestOutputHelper?.WriteLine($"{machine.Node.Name}: {memory.Replace("\n", " ", StringComparison.Ordinal)} kB");
            var resident = int.Parse(memory.Split('\n')[0].Split(' ')[1]);
            Assert.True(resident <= BudgetKb, $"{machine.Node.Name}: expected at most {BudgetKb} kB resident, found {memory}");
        }
    }
}
