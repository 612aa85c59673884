using System.CommandLine;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab heal.</summary>
internal static class HealCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var node = LabOptions.Node();
        return new Command("heal", "Undo what fail did: boot it, plug it in, let Redis run on.") { name, node }.Do(async (result, _) =>
        {
            var lab = LabOptions.Open(result, name);
            await Fault.HealAsync(lab, lab[result.GetValue(node)!]);
            return ExitCode.Good;
        });
    }
}
