using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>A first boot that is interrupted wherever it can be ends as one that is not.</summary>
public class InterruptionTests
{
    // Each start of the service gives the agent the next step to die after; systemd has it back a second later.
    private const string DropIn = """
        bootcmd:
        - mkdir -p /etc/systemd/system/redishabake-agent.service.d
        - |
          cat > /etc/systemd/system/redishabake-agent.service.d/killed.conf << 'END'
          [Service]
          ExecStartPre=/bin/sh -c 'n=$(cat /root/starts || echo 0); n=$((n + 1)); echo $n > /root/starts; echo REDISHABAKE_KILL_AFTER_STEP=$n > /run/kill-after'
          EnvironmentFile=-/run/kill-after
          END
        - systemctl daemon-reload
        write_files:

        """;

    [Fact]
    public async Task Killed_after_every_single_step_of_its_first_boot_on_every_node_the_agent_ends_in_the_same_state()
    {
        await using var lab = await LabGround.ClusterAsync(
            "killed", "lab", LabVariant.AsTheSpecSays(LabGround.AgentPackage),
            plan => plan with { Nodes = [.. plan.Nodes.Select(n => n with { UserData = n.UserData.Replace("write_files:\n", DropIn, StringComparison.Ordinal) })] });
        await Task.WhenAll(lab.Machines.Select(m => m.BootAsync()));
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        foreach (var machine in lab.Machines)
        {
            await LabGround.UntilAsync(
                async () => await machine.RunAsync("cat", "/root/starts") == "16", LabGround.RestLimit, $"{machine.Node.Name}: a start after the kill behind the last step");
            var kills = await machine.RunAsync("journalctl", "-u", "redishabake-agent", "-o", "cat", "--no-pager");
            Assert.Equal(15, kills.Split('\n').Count(l => l.Contains("status=9/KILL", StringComparison.Ordinal)));
            for (var step = 1; step <= 15; step++)
                Assert.Contains($"({step}/15): ", kills, StringComparison.Ordinal);
        }

        Assert.Equal("redis-a", await Convergence.WaitAsync(lab, [.. lab.Plan.Nodes.Select(n => n.Name)], LabGround.RestLimit, TestContext.Current.CancellationToken));
        foreach (var machine in lab.Machines)
        {
            await LabGround.UntilAsync(
                async () => (await machine.RunAsync("redishabake-agent", "status")).StartsWith($"{machine.Node.Name} of cluster tutorial: ready\n", StringComparison.Ordinal),
                LabGround.RestLimit, $"{machine.Node.Name} is plainly ready");
            await ChangesNothingAsync(machine);
        }
    }

    private static async Task ChangesNothingAsync(Machine machine)
    {
        const string state = "find /etc /var/lib/redishabake -xdev -newer /root/mark -type f; systemctl show --value -p MainPID redis-server redis-sentinel haproxy keepalived | sort";
        Assert.Contains("nothing differs", await machine.RunAsync("redishabake-agent", "plan"), StringComparison.Ordinal);
        await machine.RunAsync("touch", "/root/mark");
        var before = await machine.RunAsync("bash", "-c", state);
        var run = await machine.RunAsync(["redishabake-agent", "apply"], TestContext.Current.CancellationToken);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(": done,", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await machine.RunAsync("bash", "-c", state));
    }
}
