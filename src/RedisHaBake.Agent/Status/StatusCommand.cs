using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Status;

/// <summary>The verb <c>status</c>.</summary>
public static class StatusCommand
{
    /// <summary>Prints this node and the cluster as seen from here; needs no running agent, and works when half of the cluster is down.</summary>
    public static async Task<int> RunAsync(AgentContext agent, bool json, TextWriter output, CancellationToken ct)
    {
        var report = await new StatusReader(agent).ReadAsync(ct);
        if (json)
        {
            output.Write(report.ToJson());
            return ExitCode.Good;
        }

        foreach (var line in StatusTable.Lines(report))
            output.WriteLine(line);
        return ExitCode.Good;
    }
}
