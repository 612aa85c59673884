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
        { "HAProxy's port in use", Squat("haproxy", 6380), "systemctl stop squatter", ["step haproxy", "haproxy.service did not start", .. Squatter(6380)] },
        { "Sentinel's port in use", Squat("redis-sentinel", 26379), "systemctl stop squatter", ["step sentinel", "redis-sentinel.service did not start", .. Squatter(26379)] },
        {
            "a unit that fails",
            "mkdir -p /run/systemd/system/redis-sentinel.service.d && printf '[Service]\\nExecStartPre=/bin/false\\n' > /run/systemd/system/redis-sentinel.service.d/zz.conf && systemctl daemon-reload && systemctl stop redis-sentinel",
            "rm -r /run/systemd/system/redis-sentinel.service.d && systemctl daemon-reload", ["step sentinel", "redis-sentinel.service did not start"]
        },
        {
            "a text that HAProxy rejects",
            $"sed -i 's/\"extra\":\\[\\], \"keepalivedExtra\"/\"extra\":[\"backend mine\", \" nonsense here\"], \"keepalivedExtra\"/' {Plan} && ! cmp -s {Plan} /root/node.json",
            $"cp /root/node.json {Plan}",
            ["step files", "expected a text that haproxy accepts", "unknown keyword 'nonsense'"]
        },
        {
            "a text that Redis rejects",
            $"sed -i '0,/\"extra\":\\[\\]/s//\"extra\":[\"nonsense-setting 1\"]/' {Plan} && ! cmp -s {Plan} /root/node.json",
            $"cp /root/node.json {Plan}",
            ["step files", "/etc/redis/redis.conf: expected a text that redis-server accepts", ">>> 'nonsense-setting 1'", "correct the spec's extra lines"]
        },
        {
            "a text that Sentinel rejects",
            $"sed -i 's/\"sentinelExtra\":\\[\\]/\"sentinelExtra\":[\"nonsense 1\"]/' {Plan} && ! cmp -s {Plan} /root/node.json",
            $"cp /root/node.json {Plan}",
            ["step files", "/etc/redis/sentinel.conf: expected a text that redis-sentinel accepts", ">>> 'nonsense 1'", "correct the spec's extra lines"]
        },
        {
            "an own address that cannot be told",
            $"sed -i 's/\"address\":\"10.10.90.147\"/\"address\":\"auto\"/' {Plan} && ! cmp -s {Plan} /root/node.json && ip address add 10.10.90.148/32 dev eth0",
            $"ip address del 10.10.90.148/32 dev eth0; cp /root/node.json {Plan}",
            ["step preflight", "expected one address inside 10.10.90.0/24", "found 10.10.90.147, 10.10.90.148", "name the node's address in the spec and generate again"]
        },
        {
            "a full data disk",
            "mount -t tmpfs -o size=8m tmpfs /var/lib/redis", "umount /var/lib/redis",
            ["step preflight", "/var/lib/redis: expected 256 MiB free for Redis's files, found", "df -h /var/lib/redis"]
        },
        {
            "a full disk",
            "mount -t tmpfs -o size=8k tmpfs /etc/haproxy && (cat /dev/zero > /etc/haproxy/full || true)", "umount /etc/haproxy",
            ["step files", "expected room for it in /etc/haproxy", "No space left on the file system mounted at /etc/haproxy", "df -h /etc/haproxy"]
        },
        {
            "a read-only /etc",
            "echo '# changed' >> /etc/haproxy/haproxy.cfg && mount --bind /etc /etc && mount -o remount,bind,ro /etc", "umount /etc",
            ["step files", "expected that /etc/haproxy can be written", "Read-only file system", "mount -o remount,rw /etc"]
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
            if (doctor.Output.Contains("step ", StringComparison.Ordinal))
                Assert.Contains(said[^1], await node.RunAsync("cat", "/run/motd.d/redishabake"), StringComparison.Ordinal);
            Assert.True((await node.RunAsync(["redishabake-agent", "plan"], TestContext.Current.CancellationToken)).ExitCode != 0, $"{name}: plan finds nothing");
        }
        finally
        {
            await node.RunAsync("bash", "-c", repaired);
        }

        await node.RunAsync("systemctl", "restart", "redishabake-agent");
        // Where the plan could not be read the report of before still says ready, until the restarted agent begins.
        var (status, motd, plan) = ("", "", "");
        await LabGround.UntilAsync(
            async () =>
            {
                status = await node.RunAsync("redishabake-agent", "status");
                motd = await node.ShellAsync("cat /run/motd.d/redishabake 2> /dev/null || true");
                var looked = await node.RunAsync(["redishabake-agent", "plan"], TestContext.Current.CancellationToken);
                plan = looked.Output;
                return status.StartsWith("redis-c of cluster tutorial: ready\n", StringComparison.Ordinal) && motd.Length == 0 && looked.ExitCode == 0;
            },
            _limit,
            () => $"{name}: ready again once the cause is gone, nothing in the motd, nothing to do; status, motd and plan say:\n{status}\n{motd}\n{plan}");
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

    [Fact]
    public async Task A_Redis_whose_data_is_broken_is_started_ever_less_often_and_doctor_repeats_what_it_says_of_it()
    {
        var master = await cluster.WholeAsync();
        var node = cluster.Lab[cluster.Nodes.First(n => n != master)];
        await node.RunAsync("systemctl", "stop", "redis-server");
        var file = (await node.ShellAsync("ls /var/lib/redis/appendonlydir/*.incr.aof | tail -n 1")).Trim();
        var size = (await node.RunAsync("stat", "--format=%s", file)).Trim();
        var since = (await node.RunAsync("date", "+%s")).Trim();
        try
        {
            await node.ShellAsync($"echo nonsense >> {file} && systemctl start --no-block redis-server");
            await LabGround.UntilAsync(
                async () => (await node.RunAsync("journalctl", "-u", "redis-server", "-o", "cat", "--no-pager", $"--since=@{since}")).Contains("the next start waits 2 s", StringComparison.Ordinal),
                _limit,
                "its starts are held up");
            var doctor = (await node.RunAsync(["redishabake-agent", "doctor"], TestContext.Current.CancellationToken)).Output;
            Assert.Contains("; it said last: Bad file format reading the append only file", doctor, StringComparison.Ordinal);
            Assert.DoesNotContain($"on {master}:", doctor, StringComparison.Ordinal);
            await LabGround.IsMasterAsync(cluster.Lab, master);
        }
        finally
        {
            await node.RunAsync("truncate", "--size", size, file);
        }

        // A person's start is not held up.
        await node.RunAsync("systemctl", "restart", "redis-server");
        await cluster.WholeAsync();
    }

    [Fact]
    public async Task A_Redis_that_ends_while_its_configuration_cannot_be_written_is_back_all_the_same()
    {
        var master = await cluster.WholeAsync();
        var node = cluster.Lab[cluster.Nodes.First(n => n != master)];
        await node.RunAsync("bash", "-c", "mount --bind /etc /etc && mount -o remount,bind,ro /etc");
        try
        {
            var before = await MainPidAsync(node, "redis-server");
            await node.RunAsync("systemctl", "kill", "--signal=KILL", "redis-server");
            await LabGround.UntilAsync(async () => await MainPidAsync(node, "redis-server") is { } now && now != before && now != "0", _limit, "Redis runs again");
            await cluster.WholeAsync();
            Assert.Contains(
                "Redis starts on the text of before", await node.RunAsync("journalctl", "-u", "redis-server", "-t", "redishabake-agent", "-o", "cat", "--no-pager"), StringComparison.Ordinal);
        }
        finally
        {
            await node.RunAsync("umount", "/etc");
        }
    }

    private static string Squat(string unit, int port)
        => $"systemctl stop {unit} && systemd-run --unit=squatter --property=Type=exec python3 -c 'import socket,time; s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); s.bind((\"10.10.90.147\",{port})); s.listen(); time.sleep(600)' && sleep 1";

    private static IReadOnlyList<string> Squatter(int port) => [$"port {port} of 10.10.90.147: expected it free, found python3 (process ", "systemctl disable --now squatter.service"];

    private static async Task<string> MainPidAsync(Machine node, string unit) => await node.RunAsync("systemctl", "show", "--value", "-p", "MainPID", unit);
}
