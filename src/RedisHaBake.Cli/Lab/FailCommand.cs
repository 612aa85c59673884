using System.CommandLine;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab fail.</summary>
internal static class FailCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var node = LabOptions.Node();
        var fault = new Argument<string>("fault") { Description = string.Join("; ", Fault.All.Select(f => $"{f.Name}: {f.What}")) };
        fault.TakesOneOf([.. Fault.All.Select(f => f.Name)]);
        return new Command("fail", "Break a node.") { name, node, fault }.Do(async (result, _) =>
        {
            var lab = LabOptions.Open(result, name);
            await Fault.Of(result.GetValue(fault)!).InjectAsync(lab, lab[result.GetValue(node)!]);
            return ExitCode.Good;
        });
    }
}
