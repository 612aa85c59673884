using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The tutorial's own layout: both addresses stay on one node, whatever the machine's network is set up by.</summary>
public class PinnedAddressTests
{
    private const string Write = "10.10.90.92/32";
    private const string Read = "10.10.90.50/32";
    private const string Own = "10.10.90.37/24";

    // A machine that was set up by netplan, from now on by networkd alone.
    private const string ToNetworkd =
        "cp /run/systemd/network/10-netplan-eth0.network /etc/systemd/network/20-lan.network && rm /etc/netplan/* && echo 'network: {config: disabled}' > /etc/cloud/cloud.cfg.d/99-network.cfg && systemctl enable systemd-networkd";

    [Fact]
    public async Task They_outlive_reboots_under_netplan_and_under_networkd_and_go_with_the_plan()
    {
        await using var lab = await LabGround.ClusterAsync("pinned", "pinned", LabVariant.AsTheSpecSays(LabGround.AgentPackage));
        var node = lab["redis-a"];
        await Task.WhenAll(lab.Machines.Select(m => m.BootAsync()));
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        await RestAsync(lab);
        Assert.Equal([Own, Write, Read], await HeldAsync(node));

        // Without the agent it is networkd alone that has them at the next boot.
        await node.RunAsync("systemctl", "mask", "redishabake-agent");
        await RebootAsync(lab, node);
        await LabGround.UntilAsync(async () => (await HeldAsync(node)).Count == 3, LabGround.RestLimit, "networkd brings the addresses up by itself");
        Assert.Equal([Own, Read, Write], (await HeldAsync(node)).Order(StringComparer.Ordinal).ToList() is [var a, var b, var c] ? [a, b, c] : []);
        await node.RunAsync("systemctl", "unmask", "redishabake-agent");
        await node.RunAsync("systemctl", "start", "redishabake-agent");
        await ReadyAsync(node);

        await node.RunAsync("bash", "-c", ToNetworkd);
        await RebootAsync(lab, node);
        await ReadyAsync(node);
        Assert.Equal("/etc/systemd/network/20-lan.network.d/redishabake.conf", await node.RunAsync("bash", "-c", "ls /etc/systemd/network/*.d/*"));
        Assert.Equal(3, (await HeldAsync(node)).Count);
        await RestAsync(lab);

        // Neither a restart of networkd nor the plan that no longer has them touches the node's own address.
        await node.RunAsync("systemctl", "restart", "systemd-networkd");
        await node.RunAsync("bash", "-c", "sed -i 's/\"mode\":\"pinned\".*}/\"mode\":\"none\", \"write\":\"none\", \"read\":\"none\", \"pinnedTo\":\"none\"}/' /etc/redishabake/node.json && systemctl restart redishabake-agent");
        await LabGround.UntilAsync(async () => await HeldAsync(node) is [Own], LabGround.RestLimit, $"{Own} alone on redis-a");
        Assert.Equal("", await node.RunAsync("bash", "-c", "ls /etc/systemd/network/*.d/* 2>/dev/null || true"));
    }

    private static async Task<IReadOnlyList<string>> HeldAsync(Machine machine)
        => [.. (await machine.RunAsync(["bash", "-c", "ip -4 -o address show dev eth0 | awk '{print $4}'"], TestContext.Current.CancellationToken)).Output.Trim().Split('\n')];

    private static Task<string> RestAsync(RunningLab lab)
        => Convergence.WaitAsync(lab, [.. lab.Plan.Nodes.Select(n => n.Name)], LabGround.RestLimit, TestContext.Current.CancellationToken);

    private static async Task RebootAsync(RunningLab lab, Machine machine)
    {
        var old = machine.Init!;
        await Fault.Of("reboot").InjectAsync(lab, machine);
        await LabGround.UntilAsync(() => Task.FromResult(!old.IsAlive && machine.IsOn), LabGround.BootLimit, $"{machine.Node.Name} goes down and comes back");
    }

    private static Task ReadyAsync(Machine machine)
        => Readiness.WaitAsync([machine], LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
}
