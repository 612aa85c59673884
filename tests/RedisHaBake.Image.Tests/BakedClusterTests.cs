using RedisHaBake.Cluster.Tests;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Image.Tests;

/// <summary>Three VMs of the baked image, booted with the tutorial's user-data, and what a real power-off does to them.</summary>
[Collection(SharedImage.Name)]
public class BakedClusterTests(BakedImage image)
{
    [Fact]
    public async Task Three_VMs_become_a_cluster_that_keeps_its_kernel_settings_and_its_writes_when_one_loses_its_power()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await VmGround.TutorialAsync("baked-vm", image.Path, stock: false);
        await VmGround.ReadyAsync(lab, lab.Machines);
        var nodes = lab.Plan.Nodes.Select(n => n.Name).ToList();
        var before = await Convergence.WaitAsync(lab, nodes, VmGround.RestLimit, ct);

        // One image, three machines: each is somebody else.
        var ids = await Task.WhenAll(lab.Machines.Select(m => m.RunAsync("cat", "/etc/machine-id")));
        AssertAllDiffer(ids);
        AssertAllDiffer(await Task.WhenAll(lab.Machines.Select(m => m.RunAsync("cat", "/etc/ssh/ssh_host_ed25519_key.pub"))));
        foreach (var machine in lab.Machines)
        {
            await VmGround.AssertKernelAsync(machine);
            Assert.Equal("/etc/ssh/ssh_host_ed25519_key", await machine.RunAsync("sh", "-c", "ls /etc/ssh/ssh_host_*_key"));
            Assert.Equal("", await machine.RunAsync("systemctl", "--failed", "--quiet", "--no-legend"));
            Assert.Equal("enabled", await machine.RunAsync("systemctl", "is-enabled", "unattended-upgrades"));
            // Ends with 2 where something differs.
            await machine.RunAsync("redishabake-agent", "plan");
        }

        // The master's QEMU is ended by its id, the machine comes back later: writes go on through the write address.
        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default);
        History history;
        var after = "";
        try
        {
            await Task.Delay(2000, ct);
            await Fault.Of("power-off").InjectAsync(lab, lab[before]);
            await LabGround.UntilAsync(
                async () => (after = await LabView.MasterAsync(lab)) is { Length: > 0 } && after != before, VmGround.RestLimit, $"another master than {before}");
            await Convergence.WaitAsync(lab, nodes.Where(n => n != before).ToList(), VmGround.RestLimit, ct);
            await Task.Delay(3000, ct);
        }
        finally
        {
            history = await recorder.StopAsync();
        }

        var verdict = Checker.Check(history, await recorder.ReadBackAsync(VmGround.RestLimit));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{verdict.WriteAddress.Acked} acked, {verdict.WriteAddress.Lost} lost, longest gap {verdict.WriteAddress.LongestGapSeconds:0.00} s");
        Assert.Equal(0, verdict.WriteAddress.Lost);
        Assert.Contains(history.Operations, o => o.Client == RecordingClient.WriteAddress && o.Outcome == Outcome.Ok && o.End > history.Duration - TimeSpan.FromSeconds(2));

        // Its second boot: the same machine, the same settings, and a replica.
        await VmGround.ReadyAsync(lab, lab[before]);
        await VmGround.AssertKernelAsync(lab[before]);
        Assert.Equal(ids[nodes.IndexOf(before)], await lab[before].RunAsync("cat", "/etc/machine-id"));
        Assert.Equal(after, await Convergence.WaitAsync(lab, nodes, VmGround.RestLimit, ct));
    }

    private static void AssertAllDiffer(string[] values)
    {
        Assert.All(values, Assert.NotEmpty);
        Assert.Equal(values.Length, values.Distinct().Count());
    }
}
