using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>The lab's own promises, on machines without Redis.</summary>
public class MachineTests
{
    [Fact]
    public async Task Machines_boot_by_cloud_init_and_faults_do_what_they_say()
    {
        await using var lab = await LabGround.BareAsync("machines", 2);
        var (one, two) = (lab["bare-1"], lab["bare-2"]);
        await Task.WhenAll(one.BootAsync(), two.BootAsync());
        await BootedAsync(one);
        await BootedAsync(two);

        // Two machines see each other; the text came through byte by byte; nobody else may read it.
        await LabGround.UntilAsync(() => PingsAsync(two, one), LabGround.RestLimit, "bare-2 reaches bare-1");
        Assert.Equal(one.Node.UserData.Trim(), await one.RunAsync("cat", "/var/lib/cloud/seed/nocloud/user-data"));
        Assert.Equal("600", await one.RunAsync("stat", "-c", "%a", "/var/lib/cloud/seed/nocloud/user-data"));
        Assert.Equal("bare-1", await one.RunAsync("hostname"));

        // A cut is silent: the link stays up, no frame passes, but the client beside the machine still reaches it.
        await one.CutAsync();
        Assert.False(await PingsAsync(two, one));
        Assert.Equal("up", await one.RunAsync("cat", "/sys/class/net/eth0/operstate"));
        Assert.False(await PingsAsync(one, lab.Plan.ObserverAddresses()[0]));
        Assert.False(await PingsAsync(one, lab.Plan.Beside("bare-2")));
        await LabGround.UntilAsync(() => PingsAsync(one, lab.Plan.Beside("bare-1")), LabGround.RestLimit, "the client beside it is reached");
        await Fault.HealAsync(lab, one);
        await LabGround.UntilAsync(() => PingsAsync(two, one), LabGround.RestLimit, "bare-2 reaches bare-1");

        // An unplugged machine notices.
        await one.UnplugAsync();
        await LabGround.UntilAsync(async () => await one.RunAsync("cat", "/sys/class/net/eth0/operstate") != "up", LabGround.RestLimit, "no carrier");
        await Fault.HealAsync(lab, one);
        await LabGround.UntilAsync(() => PingsAsync(two, one), LabGround.RestLimit, "bare-2 reaches bare-1 again");

        // Power off and on: its disk stays, its memory does not.
        await one.RunAsync("touch", "/root/on-disk", "/run/in-memory");
        await one.PowerOffAsync();
        Assert.False(one.IsOn);
        await Fault.HealAsync(lab, one);
        await LabGround.UntilAsync(() => PingsAsync(two, one), LabGround.BootLimit, "bare-2 reaches bare-1 again");
        await one.RunAsync("test", "-e", "/root/on-disk");
        await one.RunAsync("test", "!", "-e", "/run/in-memory");

        // Re-created: nothing of the old one is left, and cloud-init runs the same text again.
        await one.RecreateBlankAsync();
        await BootedAsync(one);
        await one.RunAsync("test", "!", "-e", "/root/on-disk");

        // A reboot in good order is the same machine again.
        var old = one.Init!;
        await Fault.Of("reboot").InjectAsync(lab, one);
        await LabGround.UntilAsync(() => Task.FromResult(!old.IsAlive && one.IsOn), LabGround.BootLimit, "bare-1 reboots");
        await LabGround.UntilAsync(() => PingsAsync(two, one), LabGround.BootLimit, "bare-2 reaches bare-1 again");
    }

    [Fact]
    public async Task Two_labs_with_the_same_addresses_live_side_by_side()
    {
        await using var left = await LabGround.BareAsync("left", 1);
        await using var right = await LabGround.BareAsync("right", 1);
        await Task.WhenAll(left.Machines[0].BootAsync(), right.Machines[0].BootAsync());
        await BootedAsync(left.Machines[0]);
        await BootedAsync(right.Machines[0]);
        Assert.NotEqual(
            await left.Machines[0].RunAsync("cat", "/etc/machine-id"),
            await right.Machines[0].RunAsync("cat", "/etc/machine-id"));
        await left.DownAsync();
        Assert.True(right.Machines[0].IsOn);
    }

    private static Task BootedAsync(Machine machine)
        => LabGround.UntilAsync(() => Task.FromResult(machine.IsOn && File.Exists(machine.PathOf("/run/booted"))), LabGround.BootLimit, $"{machine.Node.Name} runs its text");

    private static Task<bool> PingsAsync(Machine from, Machine to) => PingsAsync(from, to.Node.Address);

    private static async Task<bool> PingsAsync(Machine from, string address)
        => from.IsOn && (await from.RunAsync(["ping", "-c", "1", "-W", "1", address], CancellationToken.None)).ExitCode == 0;
}
