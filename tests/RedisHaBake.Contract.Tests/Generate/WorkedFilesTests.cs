using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using RedisHaBake.Contract.Tests.Render;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>The files that the agent would write for each worked example, as the real programs of Debian 12 and 13 read them.</summary>
public sealed class WorkedFilesTests(WorkedSpecs specs, Debian12 bookworm, Debian13 trixie)
    : IClassFixture<WorkedSpecs>, IClassFixture<Debian12>, IClassFixture<Debian13>
{
    // Generous: the tests run beside machines that boot.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Specs => [.. WorkedSpecs.Names.Where(n => n.EndsWith("baked", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Specs))]
    public void HAProxy_of_both_accepts_the_configuration(string name)
    {
        foreach (var plan in specs.OnePerRole(name).Select(n => n.Plan).Where(p => p.Self.Has(NodeRole.Haproxy)))
        {
            Accepted(bookworm.Run("haproxy", "-c", "-f", Haproxy(bookworm, plan, new(2, 6, 12))));
            Accepted(trixie.Run("haproxy", "-c", "-f", Haproxy(trixie, plan, new(3, 0, 11))));
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Keepalived_of_both_accepts_the_configuration(string name)
    {
        foreach (var plan in specs.OnePerRole(name).Select(n => n.Plan).Where(KeepalivedConf.Runs))
        {
            // The check script is the agent's package's; any program that root owns will do for the check.
            var text = KeepalivedConf.Render(plan, Host(plan) with { Interface = AnInterface() }).Replace(KeepalivedConf.CheckScript, "/bin/true");
            foreach (var debian in (DebianSystem[])[bookworm, trixie])
                Accepted(debian.Run("keepalived", "--config-test", "--use-file", debian.Write($"{plan.Cluster}-{plan.Node}-keepalived.conf", text)));
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Nft_of_both_accepts_the_firewall(string name)
    {
        foreach (var plan in specs.OnePerRole(name).Select(n => n.Plan))
        {
            var text = FirewallNft.Render(plan, Host(plan));
            foreach (var debian in (DebianSystem[])[bookworm, trixie])
                Accepted(RealProgram.Run("unshare", "--net", "chroot", debian.Root, FirewallNft.Program, "-c", "-f", debian.Write($"{plan.Cluster}-{plan.Node}.nft", text)));
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void The_engine_of_its_Debian_starts_on_the_file_and_says_every_value_and_user_back(string name)
    {
        var debian = Its(name);
        foreach (var plan in specs.OnePerRole(name).Select(n => n.Plan).Where(p => p.Self.Has(NodeRole.Redis)))
        {
            var layout = EngineLayout.For(plan.Engine.Kind);
            var conf = RedisConf.Render(plan, Host(plan));
            var acl = UsersAcl.File(plan, Host(plan)).Content;
            var files = $"{plan.Cluster}-{plan.Node}-{layout.User}";
            var aclPath = debian.Write($"{files}/users.acl", acl);
            var socket = Path.Combine(Path.GetDirectoryName(aclPath)!, "s");

            // On a unix socket, as a user who may ask for everything; else exactly as rendered.
            var path = debian.Write($"{files}/engine.conf", conf
                .Replace(layout.ServerAcl, aclPath)
                .Replace("dir " + layout.DataDirectory, "dir " + Path.GetDirectoryName(aclPath))
                .Replace($"/run/{layout.User}/", Path.GetDirectoryName(aclPath) + "/")
                .Replace($"bind {plan.Self.Address} 127.0.0.1", "bind 127.0.0.1") + $"\nport 0\nunixsocket {socket}\n");
            File.AppendAllText(debian.Root + aclPath, "user asker on nopass ~* &* +@all\n");
            using var engine = RealProgram.Start("chroot", debian.Root, layout.ServerBinary, path);
            string Ask(params string[] command) => debian.Run($"/usr/bin/{layout.User}-cli", ["-s", socket, "--user", "asker", "--pass", "x", "--no-auth-warning", .. command]).Output;

            Assert.True(SpinWait.SpinUntil(() => Ask("PING").Contains("PONG"), StartLimit), engine.Output);
            foreach (var line in conf.Split('\n').Where(l => l.Length > 0 && l[0] != '#' && !l.StartsWith("dir ") && !l.StartsWith("bind ") && !l.StartsWith("port ") && !l.StartsWith("aclfile ") && !l.StartsWith("pidfile ")))
            {
                var key = line[..line.IndexOf(' ')];
                var expected = line[(key.Length + 1)..].Trim('"');
                var found = Ask("CONFIG", "GET", key).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                Assert.Equal((key, expected), (found[0], found.Length > 1 ? found[1] : ""));
            }

            // A server writes a user's rights in words of its own: they are those of another user who is given the plan's, and no other.
            foreach (var user in plan.Users)
                Ask(["ACL", "SETUSER", "like-" + user.Name, "reset", "on", "#" + user.PasswordSha256, "resetchannels", .. user.Rights.Split(' ')]);
            var users = Ask("ACL", "LIST").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToDictionary(u => u.Split(' ')[1], Words);
            foreach (var user in plan.Users)
                Assert.Equal(users["like-" + user.Name], users[user.Name]);
            foreach (var user in acl.Split('\n').Where(u => u.StartsWith("user redishabake-", StringComparison.Ordinal) || u.StartsWith("user default off", StringComparison.Ordinal)))
                Assert.Equal(Words(user), users[user.Split(' ')[1]]);
            Assert.Equal(acl.Split('\n').Count(u => u.Length > 0) + plan.Users.Count + 1, users.Count);
            AllThatWasAckedIsThereAfterAStart(debian, Ask, engine, layout, path);
        }
    }

    // A server replays transactions, scripts among them, as its user default: what that may not do is gone (redis/redis#14541, valkey-io/valkey#3983).
    private static void AllThatWasAckedIsThereAfterAStart(DebianSystem debian, Func<string[], string> ask, RealProgram engine, EngineLayout layout, string path)
    {
        ask(["CONFIG", "SET", "min-replicas-to-write", "0"]);
        ask(["REPLICAOF", "NO", "ONE"]);
        Assert.Contains("OK", ask(["SET", "plain", "1"]));
        Assert.Contains("1", ask(["EVAL", "redis.call('SET', KEYS[1], 'a') redis.call('INCR', KEYS[2]) redis.call('EXPIRE', KEYS[1], 1000) return 1", "2", "script:1", "script:2"]));
        ask(["CONFIG", "SET", "appendfsync", "always"]);
        Assert.Contains("OK", ask(["SET", "last", "1"]));
        engine.Kill();
        using var again = RealProgram.Start("chroot", debian.Root, layout.ServerBinary, path);
        Assert.True(SpinWait.SpinUntil(() => ask(["PING"]).Contains("PONG"), StartLimit), again.Output);
        Assert.Equal(["1", "a", "1", "1"], ask(["MGET", "plain", "script:1", "script:2", "last"]).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("NOPERM", again.Output);
    }

    private static string Words(string user) => string.Join(' ', user.Split(' ')[2..].Where(w => w is not ("resetchannels" or "sanitize-payload" or "-@all")).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Specs))]
    public void Sentinel_of_its_Debian_starts_on_its_seed_and_again_on_what_it_wrote_itself(string name)
    {
        var debian = Its(name);
        foreach (var plan in specs.OnePerRole(name).Select(n => n.Plan).Where(p => p.Self.Has(NodeRole.Sentinel)))
        {
            var layout = EngineLayout.For(plan.Engine.Kind);
            var files = $"{plan.Cluster}-{plan.Node}-{layout.User}-sentinel";
            var aclPath = debian.Write($"{files}/users.acl", SentinelAcl.File(plan, Host(plan)).Content);
            var directory = Path.GetDirectoryName(aclPath)!;
            var port = FreePort();
            var path = debian.Write($"{files}/sentinel.conf", SentinelConf.Seed(plan, Host(plan)).Content
                .Replace(layout.SentinelAcl, aclPath)
                .Replace("dir " + layout.DataDirectory, "dir " + directory)
                .Replace("/run/sentinel/", directory + "/")
                .Replace($"bind {plan.Self.Address} 127.0.0.1", "bind 127.0.0.1")
                .Replace($"port {plan.Ports.Sentinel}", $"port {port}"));
            string Ask(params string[] command) => debian.Run(
                $"/usr/bin/{layout.User}-cli",
                ["-p", $"{port}", "--user", InternalUsers.Agent, "--pass", plan.Secrets.Agent, "--no-auth-warning", .. command]).Output;

            for (var round = 0; round < 2; round++)
            {
                using var sentinel = RealProgram.Start("chroot", debian.Root, layout.SentinelBinary, path);
                Assert.True(SpinWait.SpinUntil(() => Ask("PING").Contains("PONG"), StartLimit), sentinel.Output);
                if (round == 0)
                    Assert.Contains("OK", Ask("SENTINEL", "MONITOR", plan.MasterName, plan.DataNodes[0].Address, "6379", $"{plan.Failover.Quorum}"));
                Assert.Contains(plan.DataNodes[0].Address, Ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", plan.MasterName));
                sentinel.Stop();
            }
        }
    }

    private static string Haproxy(DebianSystem debian, NodePlan plan, Version version)
    {
        var host = Host(plan) with { HaproxyVersion = version };
        var state = debian.Write($"{plan.Cluster}-{plan.Node}/servers.state", HaproxyServerState.File(plan, host).Content);
        return debian.Write($"{plan.Cluster}-{plan.Node}/haproxy.cfg", HaproxyCfg.Render(plan, host).Replace("/etc/haproxy/redishabake-servers.state", state));
    }

    private DebianSystem Its(string name) => name.Contains("debian-12") ? bookworm : trixie;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string AnInterface()
        => NetworkInterface.GetAllNetworkInterfaces().First(i => i.NetworkInterfaceType != NetworkInterfaceType.Loopback && i.OperationalStatus == OperationalStatus.Up).Name;

    private static HostFacts Host(NodePlan plan) => new(plan.Self.Address, "lo", new(plan.Engine.Major, 0, 0), new(3, 0, 11), LifeMark: RedisConf.Blank);

    private static void Accepted((int ExitCode, string Output) run) => Assert.True(run.ExitCode == 0, run.Output);
}
