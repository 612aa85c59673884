using System.CommandLine;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab boot.</summary>
internal static class BootCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var node = LabOptions.Node();
        return new Command("boot", "Switch on a node that lab up --only left off.") { name, node }.Do(async (result, ct) =>
        {
            await LabOptions.Open(result, name)[result.GetValue(node)!].BootAsync(ct);
            return ExitCode.Good;
        });
    }
}
