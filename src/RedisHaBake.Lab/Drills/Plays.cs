using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Drills;

/// <summary>What happens in each drill.</summary>
internal static class Plays
{
    // Long enough that what comes back meets a cluster that has settled without it.
    private const double Meanwhile = 3;
    private const double Boot = 240;

    public static async Task SwitchoverAsync(Scene scene)
    {
        scene.Begin($"{scene.Master}: redishabake-agent switchover", scene.Master);
        await scene.RunAsync(scene.Master, "redishabake-agent", "switchover");
        scene.End();
    }

    public static async Task StopAsync(Scene scene)
    {
        await scene.BreakAsync("stop-redis", scene.Master);
        await scene.AnotherMasterAsync();
        await scene.HoldAsync(Meanwhile);
        await scene.HealAsync(scene.Master);
    }

    public static async Task KillAsync(Scene scene)
    {
        await scene.BreakAsync("kill-redis", scene.Master);
        scene.End();
    }

    public static async Task HangAsync(Scene scene)
    {
        await scene.BreakAsync("hang", scene.Master);
        await scene.HoldAsync(10);
        await scene.HealAsync(scene.Master);
    }

    /// <summary>Moves the master to the node that holds the write address, if that one has data.</summary>
    public static async Task MasterToTheWriteAddressAsync(Scene scene)
    {
        var address = scene.Lab.Plan.Client.Write;
        if (address == Words.None)
            return;
        foreach (var machine in scene.DataNodes.Where(m => m.Node.Name != scene.Master))
        {
            if ((await machine.RunAsync(["ip", "-4", "-o", "address"], scene.Token)).Output.Contains($" {address}/", StringComparison.Ordinal))
            {
                scene.Say($"the write address is on {machine.Node.Name}: the master moves there first");
                await scene.RunAsync(machine.Node.Name, "redishabake-agent", "switchover", "--to", machine.Node.Name);
            }
        }
    }

    public static async Task PowerOffAsync(Scene scene)
    {
        await scene.BreakAsync("power-off", scene.Master);
        await scene.AnotherMasterAsync();
        await scene.HoldAsync(Meanwhile);
        await scene.HealAsync(scene.Master);
    }

    public static Task RecreateMasterAsync(Scene scene) => RecreateAsync(scene, scene.Master);

    public static Task RecreateReplicaAsync(Scene scene) => RecreateAsync(scene, scene.DataNodes.First(m => m.Node.Name != scene.Master).Node.Name);

    public static async Task CutAsync(Scene scene)
    {
        await scene.BreakAsync("cut", scene.Master);
        await scene.HoldAsync(20);
        await scene.HealAsync(scene.Master);
    }

    public static async Task RebootAsync(Scene scene)
    {
        await RebootAsync(scene, scene.Lab[scene.Master]);
        scene.End();
    }

    public static async Task RollingRebootAsync(Scene scene)
    {
        foreach (var machine in scene.Lab.Machines)
        {
            await RebootAsync(scene, machine);
            scene.End();
            if (machine == scene.Lab.Machines[^1])
                break;
            var whole = await Wholeness.AwaitAsync(scene.Lab, [], TimeSpan.FromSeconds(Boot), scene.Token);
            if (!whole.Whole)
                throw new LabException($"after the reboot of {machine.Node.Name}: {whole.Found}");
        }
    }

    public static async Task AllOffAsync(Scene scene)
    {
        scene.Begin("every node loses power", scene.Lab.Machines.Select(m => m.Node.Name));
        await Task.WhenAll(scene.Lab.Machines.Select(m => m.PowerOffAsync()));
        await scene.HoldAsync(2);
        scene.End("every node has power again");
        await Task.WhenAll(scene.Lab.Machines.Select(m => m.BootAsync(scene.Token)));
    }

    private static async Task RecreateAsync(Scene scene, string node)
    {
        await scene.BreakAsync("recreate-blank", node);
        scene.End();
    }

    private static async Task RebootAsync(Scene scene, Machine machine)
    {
        var old = machine.Init;
        await scene.BreakAsync("reboot", machine.Node.Name);
        await scene.UntilAsync(() => Task.FromResult(old is not { IsAlive: true } && machine.IsOn), Boot, $"{machine.Node.Name} goes down and comes back");
    }
}
