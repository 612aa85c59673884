using System.Diagnostics;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Stock machines without a way out install through the one that has it.</summary>
public sealed class PrivateMachineTests
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Machines_without_a_route_install_through_the_one_that_has_it_which_comes_last()
    {
        await using var lab = await LabGround.ClusterAsync("private", "private", LabVariant.AsTheSpecSays(LabGround.AgentPackage));
        var (via, others) = (lab["redis-a"], new[] { lab["redis-b"], lab["redis-c"] });
        foreach (var machine in others)
            await machine.BootAsync();
        foreach (var machine in others)
        {
            var said = $"{machine.Node.Name} has no internet and installs through redis-a, which does not answer at 10.10.90.37 port 3128 yet; waiting for it";
            await LabGround.UntilAsync(() => Task.FromResult(machine.Console.Contains(said, StringComparison.Ordinal)), LabGround.BootLimit, $"the console says: {said}");
            Assert.DoesNotContain("default", await machine.RunAsync("ip", "route"), StringComparison.Ordinal);
            Assert.NotEqual(0, (await machine.RunAsync(["ip", "route", "get", "198.51.100.1"], TestContext.Current.CancellationToken)).ExitCode);
        }

        await via.BootAsync();
        await LabGround.UntilAsync(() => IsOpenAsync(via), InstallLimit, "redis-a lets the others out");
        // The distribution's own unit flushes every table.
        await via.RunAsync("systemctl", "restart", "nftables");
        await via.RunAsync("systemctl", "reload", "nftables");
        await RefusesAsync(lab, others[0]);
        await Readiness.WaitAsync(lab.Machines, InstallLimit, _ => { }, TestContext.Current.CancellationToken);
        await Convergence.WaitAsync(lab, ["redis-a", "redis-b", "redis-c"], LabGround.RestLimit, TestContext.Current.CancellationToken);
        await ClosedAsync(via);
        await via.RunAsync("systemctl", "stop", "nftables");
        Assert.DoesNotContain("redishabake_egress", await via.RunAsync("nft", "list", "tables"), StringComparison.Ordinal);

        // A machine that is made anew later needs the way out again, which opens by itself.
        await others[0].RecreateBlankAsync(TestContext.Current.CancellationToken);
        await LabGround.UntilAsync(() => IsOpenAsync(via), InstallLimit, "redis-a lets redis-b out again");
        // The port may be open before the agent hears that the unit runs, and says so.
        const string open = "redis-b did not answer for 30 s and may be created anew: the way out through this node is open";
        await LabGround.UntilAsync(async () => (await via.AgentJournalAsync()).Contains(open, StringComparison.Ordinal), LabGround.RestLimit, $"redis-a says: {open}");
        await Readiness.WaitAsync(lab.Machines, InstallLimit, _ => { }, TestContext.Current.CancellationToken);
        await ClosedAsync(via);

        // A person may open it, so that the others get their updates.
        Assert.NotEqual(0, (await others[1].RunAsync(["apt-get", "-o", "APT::Update::Error-Mode=any", "update"], TestContext.Current.CancellationToken)).ExitCode);
        await via.RunAsync("systemctl", "start", "redishabake-egress");
        await LabGround.UntilAsync(() => IsOpenAsync(via), LabGround.RestLimit, "the proxy listens");
        await others[1].RunAsync("apt-get", "-o", "APT::Update::Error-Mode=any", "update");
        await Task.Delay(TimeSpan.FromSeconds(7), TestContext.Current.CancellationToken);
        Assert.True(await IsOpenAsync(via));
    }

    [Fact]
    public async Task Machines_whose_addresses_come_later_install_through_the_first()
    {
        await using var lab = await LabGround.ClusterAsync("private-late", "private", LabVariant.AsTheSpecSays(LabGround.AgentPackage) with { Late = true });
        var refused = await Assert.ThrowsAsync<RedisHaBake.Lab.LabException>(() => lab["redis-b"].BootAsync());
        Assert.Contains("installs through redis-a, whose address is not known", refused.Message, StringComparison.Ordinal);
        foreach (var machine in lab.Machines)
            await machine.BootAsync();
        await Readiness.WaitAsync(lab.Machines, InstallLimit, _ => { }, TestContext.Current.CancellationToken);
        await Convergence.WaitAsync(lab, ["redis-a", "redis-b", "redis-c"], LabGround.RestLimit, TestContext.Current.CancellationToken);
        Assert.Contains($"Listen {lab["redis-a"].Node.Address}\n", await lab["redis-a"].ShellAsync("cat /etc/tinyproxy/redishabake.conf"), StringComparison.Ordinal);
        Assert.Contains($"http://{lab["redis-a"].Node.Address}:3128", await lab["redis-c"].ShellAsync("cat /etc/apt/apt.conf.d/90redishabake-egress"), StringComparison.Ordinal);
        await ClosedAsync(lab["redis-a"]);
    }

    // The proxy lets go of its port before systemd has taken the rules away and disabled the unit, and the agent says so last.
    private static async Task ClosedAsync(Machine via)
    {
        var state = "";
        await LabGround.UntilAsync(
            async () =>
            {
                state = (await via.RunAsync(["systemctl", "show", "--value", "-p", "ActiveState", "-p", "UnitFileState", "redishabake-egress"], TestContext.Current.CancellationToken)).Output.Trim();
                return state == "inactive\ndisabled" && (await via.AgentJournalAsync()).Contains("every other node has installed what it needs: the way out through this node is closed", StringComparison.Ordinal);
            },
            LabGround.RestLimit,
            () => $"the way out is closed; its unit is {state.ReplaceLineEndings(" and ")}");
        Assert.False(await IsOpenAsync(via));
        Assert.DoesNotContain("redishabake_egress", await via.RunAsync("nft", "list", "tables"), StringComparison.Ordinal);
    }

    private static async Task<bool> IsOpenAsync(Machine via)
        => (await via.RunAsync(["ss", "-Hltn", "sport", "=", ":3128"], TestContext.Current.CancellationToken)).Output.HasAddress(via.Node.Address);

    // Whoever may use it reaches the archives by it and nothing else; whoever is elsewhere does not reach it.
    private static async Task RefusesAsync(RunningLab lab, Machine inside)
    {
        foreach (var (request, answer) in new[]
        {
            ($"GET http://{WayOut.PackageServer}/{Path.GetFileName(LabGround.AgentPackage)}", "200"),
            ($"GET http://{WayOut.PackageServer}:8080/", "500"),
            ($"CONNECT {WayOut.PackageServer}:22", "403"),
            ("GET http://169.254.169.254/latest/user-data", "500"),
            ("GET http://127.0.0.1/", "500"),
            ("GET http://10.10.90.37/", "500"),
            ("GET http://10.10.90.227/", "500"),
        })
            Assert.Equal((request, answer), (request, (await inside.RunAsync("bash", "-c", Ask(request))).Split(' ')[1]));

        // An address outside the network, to which redis-a has its way back.
        const string stranger = "ip address replace 10.77.0.1/32 dev lo; ip route replace 10.10.90.37/32 dev br0 src 10.77.0.1; ";
        using var outside = Process.Start(
            "nsenter",
            ["--target", $"{lab.KeeperPid}", "--net", "bash", "-c", stranger + "timeout 3 bash -c ': </dev/tcp/10.10.90.37/3128'; code=$?; ip route delete 10.10.90.37/32; exit $code"]);
        await outside.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(124, outside.ExitCode);
        Assert.Matches("3128 ip saddr != 10.10.90.0/24 counter packets [1-9]", await lab["redis-a"].RunAsync("nft", "list", "table", "inet", "redishabake_egress"));
    }

    private static string Ask(string request) => $"exec 3<>/dev/tcp/10.10.90.37/3128; printf '{request} HTTP/1.0\\r\\nHost: x\\r\\n\\r\\n' >&3; head -n 1 <&3 | tr -d '\\r'";
}
