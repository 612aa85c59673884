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
        var name = LabState.NameOption(RedisHaBake.Lab.Host.LabPaths.Default, plan.Name);
        List<(string Command, string What)> lines =
        [
            ("status", "the machines, and what each Redis says"),
            ("client", $"redis-cli as {client.User} at the write address {client.Write}:{client.Port}"),
            ($"exec {node}", "a root shell on a node"),
            ($"logs {node} --follow", "what its agent, Redis, Sentinel, HAProxy and keepalived say"),
            ($"fail {node} power-off", "break it; others: " + string.Join(", ", Fault.All.Where(f => f.Name != "power-off").Select(f => f.Name))),
            ($"heal {node}", "undo that"),
            ("record", "write for 30 s, read back, count what was lost; break something meanwhile"),
            ("drill", "break it in six ways, one after the other, and hold each against its bound"),
            ("down", "take it all away"),
        ];
        if (client.Write == Words.None)
            lines.RemoveAt(1);
        var program = Program();
        var width = lines.Max(l => l.Command.Length + name.Length);
        return Where(plan) + "Its network is a world of its own; look around in it with these:\n"
            + string.Join('\n', lines.Select(l => $"  {program} lab {(l.Command + name).PadRight(width)}  {l.What}"));
    }

    // Where an application connects to, and how one of this computer gets there.
    private static string Where(LabPlan plan)
    {
        var client = plan.Client;
        var proxies = string.Join(", ", plan.Nodes.Where(n => n.Has(NodeRole.Haproxy)).Select(n => $"{n.Address}:{client.WritePort}"));
        List<string> lines = [$"writes      {(client.Write == Words.None ? proxies : $"{client.Write}:{client.Port}")}, as {client.User}, password in the secrets file"];
        if (client.Read != Words.None)
            lines.Add($"reads       {client.Read}:{client.Port}");
        if (plan.Nodes.FirstOrDefault(n => n.Has(NodeRole.Haproxy)) is { } proxy)
            lines.Add($"stats page  http://{proxy.Address}:{client.StatsPort}/stats");
        var keeper = LabState.All(RedisHaBake.Lab.Host.LabPaths.Default).FirstOrDefault(s => s.Plan.Name == plan.Name)?.Keeper?.Pid;
        if (keeper is not null)
            lines.Add($"from here   nsenter --target {keeper} --net COMMAND runs a program of this computer in the lab's network");
        return string.Join('\n', lines) + "\n\n";
    }

    private static string Program()
    {
        var here = Path.Combine(AppContext.BaseDirectory, "redishabake");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, here);
        var sudo = Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } ? "sudo " : "";
        return sudo + (relative.StartsWith("..", StringComparison.Ordinal) ? here : relative);
    }
}
