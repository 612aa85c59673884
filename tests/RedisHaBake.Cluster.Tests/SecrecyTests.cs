using RedisHaBake.Cli;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>A node keeps its secrets from everyone but root and the programs that need them.</summary>
[Collection(SharedCluster.Name)]
public class SecrecyTests(TutorialCluster cluster)
{
    // The test itself must not bring the secrets into a process's arguments: they go by a file that only root can open.
    private const string Patterns = "/root/patterns";

    [Fact]
    public async Task No_secret_stands_in_a_journal_a_process_argument_or_a_file_that_anybody_may_read()
    {
        foreach (var machine in cluster.Lab.Machines)
        {
            await WritePatternsAsync(machine);
            // Known to be there: else this test would search for the wrong words.
            Assert.Contains("/etc/redishabake/node.json", await SearchAsync(machine, $"grep -rlF -f {Patterns} /etc"), StringComparison.Ordinal);

            Assert.Empty(await SearchAsync(machine, $"journalctl --no-pager --output=export | grep -aF -f {Patterns} | cut -c -60"));
            Assert.Empty(await SearchAsync(machine, $"grep -alF -f {Patterns} /proc/[0-9]*/cmdline"));
            Assert.Empty(await SearchAsync(
                machine,
                $"setpriv --reuid=nobody --regid=nogroup --clear-groups grep -rlsF -f /dev/stdin --devices=skip /etc /var /run /tmp /root /home /opt /usr/local < {Patterns}"));
            await machine.RunAsync("rm", Patterns);
        }
    }

    private static async Task WritePatternsAsync(Machine machine)
    {
        var secrets = Generation.Run(LabGround.Spec, keepSecrets: false).Secrets!;
        var plan = secrets.Internal;
        IReadOnlyList<string> words =
        [
            plan.Replication, plan.SentinelToRedis, plan.SentinelToSentinel, plan.HealthCheck, plan.Agent, plan.Stats, .. secrets.Users.Values,
        ];
        var path = machine.PathOf(Patterns);
        await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', words) + "\n"));
    }

    private static async Task<string> SearchAsync(Machine machine, string command)
    {
        CommandResult result = await machine.RunAsync(["bash", "-c", command], CancellationToken.None);
        return result.Output;
    }
}
