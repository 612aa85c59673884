using RedisHaBake.Cli;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The tutorial's operator watches a failover on HAProxy's stats page.</summary>
[Collection(SharedCluster.Name)]
public class StatsTests(TutorialCluster cluster)
{
    private const string Write = "back_redis_master";
    private const int StatusColumn = 17;
    private const string Read = "back_redis_slave";

    [Fact]
    public async Task The_stats_page_shows_the_write_and_the_read_backend_first_while_the_master_changes()
    {
        var before = await cluster.RestAsync();
        var watcher = cluster.Nodes.First(n => n != before);
        await LabGround.UntilAsync(async () => await UpAsync(watcher, Write) == before, LabGround.RestLimit, $"{before} alone is up for writes");
        var others = string.Join(' ', cluster.Nodes.Where(n => n != before));
        await LabGround.UntilAsync(async () => await UpAsync(watcher, Read) == others, LabGround.RestLimit, $"{others} alone are up for reads");

        await cluster.WhileAsync("stop-redis", before, async () =>
        {
            await LabGround.UntilAsync(
                async () => await UpAsync(watcher, Write) is { Length: > 0 } master && master != before && !master.Contains(' '),
                LabGround.RestLimit,
                "another node alone is up for writes");
            // The old master hands over before it stops, and is a synced replica for that moment.
            await LabGround.UntilAsync(async () => !(await UpAsync(watcher, Read)).Split(' ').Contains(before), LabGround.RestLimit, $"{before} is down for reads");
        });
        await cluster.RestAsync();
        await LabGround.UntilAsync(async () => (await UpAsync(watcher, Read)).Split(' ').Contains(before), LabGround.RestLimit, $"{before} is up for reads again");
    }

    // The servers of a backend that are up, and on the way that both backends stand first.
    private async Task<string> UpAsync(string node, string backend)
    {
        // A check's last words may go on in a further line, which has no columns to look at.
        var rows = (await CsvAsync(node)).Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(',')).Where(r => r.Length > StatusColumn).ToList();
        var backends = rows.Where(r => r[1] == "BACKEND").Select(r => r[0]).ToList();
        Assert.Equal([Write, Read], backends.Take(2));
        return string.Join(' ', rows.Where(r => r[0] == backend && r[1] is not "BACKEND" and not "FRONTEND" && r[StatusColumn].StartsWith("UP", StringComparison.Ordinal)).Select(r => r[1]));
    }

    private async Task<string> CsvAsync(string node)
    {
        var machine = cluster.Lab[node];
        var secrets = Generation.Run(LabGround.Spec, keepSecrets: false).Secrets!;
        return await machine.RunAsync(
            "curl", "-sS", "--fail", "--user", "appadmin:" + secrets.Internal.Stats, $"http://{machine.Node.Address}:{cluster.Lab.Plan.Client.StatsPort}/stats;csv");
    }
}
