using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Failover;

/// <summary>The verb <c>switchover</c>: the hand-over by an operator's word, from any node.</summary>
public static class SwitchoverCommand
{
    /// <summary>Hands over and says what came of it.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="to">The node that shall be master, or null for the best.</param>
    /// <param name="output">Where to say it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>0 when another node is master now, else 1, and nothing has changed.</returns>
    public static async Task<int> RunAsync(AgentContext agent, string? to, TextWriter output, CancellationToken ct)
    {
        if (to is not null && agent.Plan.DataNodes.All(n => n.Name != to))
        {
            await output.WriteLineAsync($"{to} is no data node of cluster {agent.Plan.Cluster}; expected one of: {string.Join(", ", agent.Plan.DataNodes.Select(n => n.Name))}");
            return ExitCode.Failed;
        }

        var result = await new HandOver(agent).RunAsync(from: null, to, ct);
        await output.WriteLineAsync(result.Done ? result.Sentence : $"no switchover: {result.Sentence}");
        return result.Done ? ExitCode.Good : ExitCode.Failed;
    }
}
