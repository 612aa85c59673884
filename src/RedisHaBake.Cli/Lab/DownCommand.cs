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
            var asked = result.GetValue(name)!;
            // A lab whose maker still runs (a tour, a test) is that program's: only its name takes it away.
            var running = LabState.All(LabPaths.Default).Where(s => s.Keeper is { IsAlive: true }).ToList();
            var (used, free) = (running.Where(s => s.Owner.IsAlive).ToList(), running.Where(s => !s.Owner.IsAlive).ToList());
            if (asked.Length == 0)
            {
                foreach (var state in used)
                    Console.Error.WriteLine($"{state.Plan.Name}: left alone, process {state.Owner.Pid} uses it; take it down all the same with --name {state.Plan.Name}");
            }

            var labs = asked.Length == 0 && (result.GetValue(all) || (used.Count > 0 && free.Count < 2))
                ? free.Select(s => RunningLab.Open(s.Plan.Name, LabPaths.Default)).ToList()
                : [RunningLab.Open(asked, LabPaths.Default)];
            foreach (var lab in labs)
            {
                await lab.DownAsync();
                Console.Error.WriteLine($"{lab.Plan.Name}: down");
            }

            return ExitCode.Good;
        });
    }
}
