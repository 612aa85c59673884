using System.CommandLine;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab down.</summary>
internal static class DownCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var all = new Option<bool>("--all") { Description = "Every lab, and what crashed ones left behind." };
        return new Command("down", "Take a lab away, with everything that it has on this computer.") { name, all }.Do(async (result, _) =>
        {
            LabRequirements.Check();
            var leftovers = await RunningLab.RemoveLeftoversAsync(LabPaths.Default);
            foreach (var gone in leftovers)
                Console.Error.WriteLine($"{gone}: removed what was left over");
            if (leftovers.Contains(result.GetValue(name)!))
                return ExitCode.Good;
            var labs = result.GetValue(all)
                ? LabState.All(LabPaths.Default).Where(s => s.Keeper is { IsAlive: true }).Select(s => RunningLab.Open(s.Plan.Name, LabPaths.Default)).ToList()
                : [RunningLab.Open(result.GetValue(name)!, LabPaths.Default)];
            foreach (var lab in labs)
            {
                await lab.DownAsync();
                Console.Error.WriteLine($"{lab.Plan.Name}: down");
            }

            return ExitCode.Good;
        });
    }
}
