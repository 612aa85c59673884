using RedisHaBake.Cli;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>A node keeps its secrets from everyone but root and the programs that need them.</summary>
[Collection(SharedCluster.Name)]
public class SecrecyTests(TutorialCluster cluster)
{
    // The test itself must not bring the secrets into a process's arguments: they go by a file that only root can open.
    private const string Patterns = "/root/patterns";

    // A word that is laid where each search has to find it: one that finds nothing at all has not searched.
    private const string Canary = "canary-that-every-search-must-find";
    private const string Nest = "/etc/canary";

    [Fact]
    public async Task No_secret_stands_in_a_journal_a_process_argument_or_a_file_that_anybody_may_read()
    {
        foreach (var machine in cluster.Lab.Machines)
        {
            await WritePatternsAsync(machine);
            // Known to be there: else this test would search for the wrong words.
            Assert.Contains("/etc/redishabake/node.json", await machine.ShellAsync($"grep -rlF -f {Patterns} /etc"), StringComparison.Ordinal);

            await machine.ShellAsync($"logger {Canary}; journalctl --sync");
            Assert.Equal(Canary, await machine.ShellAsync($"journalctl --no-pager --output=export | grep -aoF -f {Patterns} | sort -u"));

            var caged = await machine.ShellAsync($"(exec -a {Canary} sleep 60) > /dev/null 2>&1 & echo $!");
            Assert.Equal($"/proc/{caged}/cmdline", await machine.ShellAsync($"sleep 0.2; grep -asF -l -f {Patterns} /proc/[0-9]*/cmdline || [ $? = 2 ]; kill {caged}"));

            await machine.ShellAsync($"echo {Canary} > {Nest}; chmod 644 {Nest}");
            // What it may not read makes its exit code 2.
            Assert.Equal(Nest, await machine.ShellAsync(
                $"setpriv --reuid=nobody --regid=nogroup --clear-groups grep -rlsF -f - --devices=skip /etc /var /run /tmp /root /home /opt /usr/local < {Patterns} || [ $? = 2 ]"));
            await machine.RunAsync("rm", Patterns, Nest);
        }
    }

    private static async Task WritePatternsAsync(Machine machine)
    {
        var secrets = Generation.Run(LabGround.Spec, keepSecrets: false).Secrets!;
        var plan = secrets.Internal;
        IReadOnlyList<string> words =
        [
            plan.Replication, plan.SentinelToRedis, plan.SentinelToSentinel, plan.HealthCheck, plan.Agent, plan.Stats, .. secrets.Users.Values, Canary,
        ];
        var path = machine.PathOf(Patterns);
        await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', words) + "\n"));
    }
}
