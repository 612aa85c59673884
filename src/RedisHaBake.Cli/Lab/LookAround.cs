using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Lab;

/// <summary>Tells a person what can be done with a running lab.</summary>
internal static class LookAround
{
    /// <summary>The commands, ready to be copied.</summary>
    public static string Text(LabPlan plan)
    {
        var client = plan.Client;
        var node = plan.Nodes[0].Name;
        var name = LabState.All(RedisHaBake.Lab.Host.LabPaths.Default).Count(s => s.IsAlive) > 1 ? " --name " + plan.Name : "";
        List<(string Command, string What)> lines =
        [
            ("status", "the machines, and what each Redis says"),
            ("client", $"redis-cli as {client.User} at the write address {client.Write}:{client.Port}"),
            ($"exec {node}", "a root shell on a node"),
            ($"logs {node} --follow", "what its agent, Redis, Sentinel, HAProxy and keepalived say"),
            ($"fail {node} power-off", "break it; others: " + string.Join(", ", Fault.All.Where(f => f.Name != "power-off").Select(f => f.Name))),
            ($"heal {node}", "undo that"),
            ("record", "write for 30 s, read back, count what was lost; break something meanwhile"),
            ("down", "take it all away"),
        ];
        if (client.Write == Words.None)
            lines.RemoveAt(1);
        var program = Program();
        var width = lines.Max(l => l.Command.Length + name.Length);
        return "Its network is a world of its own; look around in it with these:\n"
            + string.Join('\n', lines.Select(l => $"  {program} lab {(l.Command + name).PadRight(width)}  {l.What}"));
    }

    private static string Program()
    {
        var here = Path.Combine(AppContext.BaseDirectory, "redishabake");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, here);
        var sudo = Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } ? "sudo " : "";
        return sudo + (relative.StartsWith("..", StringComparison.Ordinal) ? here : relative);
    }
}
