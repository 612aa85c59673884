using System.Diagnostics;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cluster.Tests;

/// <summary>However a lab ends, this computer is as it was before.</summary>
public class LeftoverTests
{
    private const int SigInt = 2;
    private const int SigKill = 9;

    [Theory]
    [InlineData(SigInt)]
    [InlineData(SigKill)]
    public async Task Nothing_is_left_when_up_is_ended_in_the_middle(int signal)
    {
        LabGround.Require();
        var name = LabGround.Unique("ended-" + signal);
        using var up = Start("lab", "up", LabGround.Spec, "--name", name, "--agent", LabGround.AgentPackage, "--out", Texts(name));
        using var traces = await MachinesOnAsync(name);
        ProcessIdentity.Of(up.Id)!.Signal(signal);
        await up.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(signal == SigInt ? 130 : 137, up.ExitCode);
        await NothingIsLeftAsync(name, traces);
    }

    [Fact]
    public async Task A_lab_outlives_up_and_nothing_is_left_after_down()
    {
        LabGround.Require();
        var name = LabGround.Unique("down");
        using var up = Start("lab", "up", LabGround.Spec, "--name", name, "--agent", LabGround.AgentPackage, "--only", "redis-a", "--out", Texts(name));
        await up.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, up.ExitCode);
        using var traces = await MachinesOnAsync(name);

        using var exec = Start("lab", "exec", "redis-a", "--name", name, "--", "hostname");
        await exec.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, exec.ExitCode);

        using var down = Start("lab", "down", "--name", name);
        await down.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, down.ExitCode);
        await NothingIsLeftAsync(name, traces);
    }

    [Fact]
    public async Task An_up_whose_lab_is_taken_down_meanwhile_ends_and_touches_no_later_one_of_that_name()
    {
        LabGround.Require();
        var name = LabGround.Unique("taken");
        using var first = Start("lab", "up", LabGround.Spec, "--name", name, "--agent", LabGround.AgentPackage, "--out", Texts(name));
        (await MachinesOnAsync(name)).Dispose();
        using var down = Start("lab", "down", "--name", name);
        await down.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, down.ExitCode);
        await using (var second = await LabGround.BareAsync("taken", 1))
        {
            await first.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(LabGround.BootLimit, TestContext.Current.CancellationToken);
            Assert.Equal(1, first.ExitCode);
            Assert.True(second.State.Keeper is { IsAlive: true });
            Assert.True(Directory.Exists(LabPaths.Default.Of(name)));
        }
    }

    [Fact]
    public async Task What_a_killed_guard_left_behind_is_gone_after_the_next_command()
    {
        await using var lab = await LabGround.BareAsync("orphan", 1);
        await lab.Machines[0].BootAsync();
        using var traces = Traces.Of(lab);
        lab.State.Guard!.Kill();
        await LabGround.UntilAsync(() => Task.FromResult(!lab.State.Keeper!.IsAlive), LabGround.RestLimit, "the keeper ends with its guard");
        Assert.True(Directory.Exists(LabPaths.Default.Of(lab.Plan.Name)));
        Assert.Contains(lab.Plan.Name, await RunningLab.RemoveLeftoversAsync(LabPaths.Default));
        await NothingIsLeftAsync(lab.Plan.Name, traces);
    }

    private static string Texts(string name) => Path.Combine(Path.GetTempPath(), name);

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "redishabake.dll"), .. arguments]) { UseShellExecute = false };
        return Process.Start(start)!;
    }

    private static async Task<Traces> MachinesOnAsync(string name)
    {
        Traces? traces = null;
        await LabGround.UntilAsync(
            () =>
            {
                var state = LabState.Read(LabPaths.Default.Of(name));
                if (state?.Keeper is not { IsAlive: true })
                    return Task.FromResult(false);
                var lab = RunningLab.Open(name, LabPaths.Default);
                if (!lab["redis-a"].IsOn)
                    return Task.FromResult(false);
                traces = Traces.Of(lab);
                return Task.FromResult(true);
            },
            TimeSpan.FromMinutes(3),
            "redis-a is on");
        return traces!;
    }

    private static async Task NothingIsLeftAsync(string name, Traces traces)
    {
        await LabGround.UntilAsync(() => Task.FromResult(traces.Left().Count == 0), LabGround.RestLimit, () => $"nothing left, found: {string.Join("; ", traces.Left())}");
        if (Directory.Exists(Texts(name)))
            Directory.Delete(Texts(name), recursive: true);
    }
}
