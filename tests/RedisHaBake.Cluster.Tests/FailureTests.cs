using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>
/// What goes wrong on a node stops the agent at its step, is said where a person looks, leaves the rest alone, and is over when the
/// cause is gone and the service restarted.
/// </summary>
[Collection(SharedCluster.Name)]
public class FailureTests(TutorialCluster cluster)
{
    private const string Plan = "/etc/redishabake/node.json";
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>How it is broken, how repaired, and what must be said.</summary>
    public static TheoryData<string, string, string, string[]> Failures { get; } = new()
    {
        { "no JSON", $"sed -i 's/^{{/[/' {Plan}", $"cp /root/node.json {Plan}", [Plan, "expected"] },
        { "a newer schema", $"sed -i 's/\"schema\": 1/\"schema\": 9/' {Plan}", $"cp /root/node.json {Plan}", ["schema", "9", "1"] },
        {
            "a missing package", "mv /usr/sbin/keepalived /root/", "mv /root/keepalived /usr/sbin/",
            ["step preflight", "run `apt-get install keepalived`", "expected package keepalived, found no such program"]
        },
        {
            "a port in use",
            "systemctl stop haproxy && systemd-run --unit=squatter --property=Type=exec python3 -c 'import socket,time; s=socket.socket(); s.bind((\"10.10.90.147\",6380)); s.listen(); time.sleep(600)' && sleep 1",
            "systemctl stop squatter", ["step haproxy", "haproxy.service"]
        },
        {
            "a unit that fails",
            "mkdir -p /run/systemd/system/redis-sentinel.service.d && printf '[Service]\\nExecStartPre=/bin/false\\n' > /run/systemd/system/redis-sentinel.service.d/zz.conf && systemctl daemon-reload && systemctl stop redis-sentinel",
            "rm -r /run/systemd/system/redis-sentinel.service.d && systemctl daemon-reload", ["step sentinel", "redis-sentinel.service"]
        },
        {
            "a text that HAProxy rejects",
            $"sed -i 's/\"extra\":\\[\\], \"keepalivedExtra\"/\"extra\":[\"backend mine\", \" nonsense here\"], \"keepalivedExtra\"/' {Plan} && ! cmp -s {Plan} /root/node.json",
            $"cp /root/node.json {Plan}",
            ["step files", "expected a text that haproxy accepts", "unknown keyword 'nonsense'"]
        },
        {
            "a full disk",
            "mount -t tmpfs -o size=8k tmpfs /etc/haproxy && (cat /dev/zero > /etc/haproxy/full || true)", "umount /etc/haproxy",
            ["step files", "/etc/haproxy", "No space left"]
        },
        {
            "a read-only /etc",
            "echo '# changed' >> /etc/haproxy/haproxy.cfg && mount --bind /etc /etc && mount -o remount,bind,ro /etc", "umount /etc",
            ["step files", "Read-only file system"]
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_stops_at_its_step_is_said_and_is_over_with_its_cause(string name, string broken, string repaired, string[] said)
    {
        var node = cluster.Lab["redis-c"];
        await node.RunAsync("cp", "-p", Plan, "/root/node.json");
        var redis = await MainPidAsync(node, "redis-server");
        await node.RunAsync("bash", "-c", broken);
        try
        {
            var since = await node.RunAsync("date", "+%s");
            await node.RunAsync("bash", "-c", "systemctl restart redishabake-agent || true");
            var journal = "";
            await LabGround.UntilAsync(
                async () =>
                {
                    journal = await node.RunAsync("journalctl", "-u", "redishabake-agent", "-o", "cat", "--no-pager", "--since=@" + since);
                    return said.All(s => journal.Contains(s, StringComparison.Ordinal));
                },
                _limit,
                () => $"{name}: the agent's journal says {string.Join(" … ", said)}; it says:\n{journal}");

            var doctor = await node.RunAsync(["redishabake-agent", "doctor"], TestContext.Current.CancellationToken);
            Assert.Equal(1, doctor.ExitCode);
            Assert.Contains(said[^1], doctor.Output, StringComparison.Ordinal);
            Assert.Equal(redis, await MainPidAsync(node, "redis-server"));
        }
        finally
        {
            await node.RunAsync("bash", "-c", repaired);
        }

        await node.RunAsync("systemctl", "restart", "redishabake-agent");
        await LabGround.UntilAsync(
            async () => (await node.RunAsync("redishabake-agent", "status")).StartsWith("redis-c of cluster tutorial: ready\n", StringComparison.Ordinal),
            _limit,
            $"{name}: ready again once the cause is gone");
        var plan = await node.RunAsync(["redishabake-agent", "plan"], TestContext.Current.CancellationToken);
        Assert.True(plan.ExitCode == 0, plan.Output);
    }

    [Fact]
    public async Task With_a_plan_that_cannot_be_used_a_restarted_Redis_still_joins_by_the_last_good_one()
    {
        var node = cluster.Lab["redis-c"];
        await node.RunAsync("cp", "-p", Plan, "/root/node.json");
        await node.RunAsync("bash", "-c", $"echo nonsense > {Plan}");
        try
        {
            await node.RunAsync("systemctl", "restart", "redis-server");
            await cluster.RestAsync();
        }
        finally
        {
            await node.RunAsync("cp", "-p", "/root/node.json", Plan);
        }
    }

    private static async Task<string> MainPidAsync(Machine node, string unit) => await node.RunAsync("systemctl", "show", "--value", "-p", "MainPID", unit);
}
