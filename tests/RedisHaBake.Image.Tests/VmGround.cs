using RedisHaBake.Cli;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Cluster.Tests;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Spec.Problems;

namespace RedisHaBake.Image.Tests;

/// <summary>The tutorial's cluster on VMs.</summary>
internal static class VmGround
{
    /// <summary>For a cluster of emulated machines to come to rest.</summary>
    public static readonly TimeSpan RestLimit = TimeSpan.FromMinutes(4);

    /// <summary>Its texts fresh from the generator, no machine on yet.</summary>
    /// <param name="name">The lab's name.</param>
    /// <param name="image">What the machines boot from.</param>
    /// <param name="stock">Whether they install everything by their texts.</param>
    public static async Task<RunningLab> TutorialAsync(string name, string image, bool stock)
    {
        LabRequirements.Check(vms: true);
        var ct = TestContext.Current.CancellationToken;
        var vm = new VmBackend(image, await VmShape.AcceleratorAsync(ct));
        var variant = new LabVariant("bookworm", "redis-7", stock, !stock, LabGround.AgentPackage, "", vm);
        var generation = Generation.Run(Path.Combine(Bash.Repository, "cloud-init/tutorial/cluster.yaml"), keepSecrets: false, variant: variant.Apply);
        Assert.Empty(generation.Problems.Where(p => p.Severity == Severity.Error).Select(p => p.Title));
        var spec = generation.Spec!;
        var plan = LabPlanning.Plan(generation, LabGround.Unique(name), await LabPlanning.WayOutAsync(spec, variant.Package, ct));
        return await RunningLab.CreateAsync(plan, [], "", LabPaths.Default, ct, vm.Shape(spec, [.. generation.Nodes.Select(n => n.Plan)]));
    }

    /// <summary>Boots machines and waits until they are ready.</summary>
    public static async Task ReadyAsync(RunningLab lab, params IReadOnlyList<Machine> machines)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Task.WhenAll(machines.Select(m => m.BootAsync(ct)));
        await Readiness.WaitAsync(machines, Readiness.LimitOf(lab), _ => { }, ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"{machines.Count} machines ready after {clock.Elapsed.TotalSeconds:0} s under {lab.State.Vm!.Accelerator}");
    }

    /// <summary>What a VM really has and a container of the lab cannot: its own kernel's settings.</summary>
    public static async Task AssertKernelAsync(Machine machine)
    {
        Assert.Contains("[never]", await machine.RunAsync("cat", "/sys/kernel/mm/transparent_hugepage/enabled"));
        Assert.Equal(
            ["1", "1", "4096", "60"],
            (await machine.RunAsync("sysctl", "-n", "vm.overcommit_memory", "vm.swappiness", "net.core.somaxconn", "net.ipv4.tcp_keepalive_time")).Split('\n'));
    }
}
