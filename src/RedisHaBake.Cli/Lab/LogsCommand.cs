using System.CommandLine;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab logs.</summary>
internal static class LogsCommand
{
    /// <summary>The units that make a node a member of a cluster.</summary>
    public static IReadOnlyList<string> Units { get; } =
        ["redishabake*", "redis*", "valkey*", "haproxy*", "keepalived*"];

    public static Command Create()
    {
        var name = LabOptions.Name();
        var node = LabOptions.Node();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on as new lines come." };
        var all = new Option<bool>("--all") { Description = "The whole journal, not only the cluster's units." };
        return new Command("logs", "A node's journal; of a node that is off, what its disk has.") { name, node, follow, all }.Do(async (result, ct) =>
        {
            var lab = LabOptions.Open(result, name);
            var machine = lab[result.GetValue(node)!];
            List<string> arguments = ["--output=short-precise"];
            if (!result.GetValue(all))
                arguments.AddRange(Units.Select(unit => "--unit=" + unit));
            if (result.GetValue(follow))
                arguments.Add("--follow");
            var code = await machine.JournalAsync(arguments, ct);
            if (lab.State.Keeper is { IsAlive: true })
                return code;
            Console.Error.WriteLine($"The lab {lab.Plan.Name} is down.");
            return ExitCode.Good;
        }, passesOn: true);
    }
}
