using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>The verb <c>apply</c>: the sequence once, in the foreground.</summary>
public static class ApplyCommand
{
    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(AgentContext agent, CancellationToken ct)
    {
        try
        {
            await BootSequence.ApplyAsync(agent, again: false, ct);
            return ExitCode.Good;
        }
        catch (StepFailedException e)
        {
            agent.Journal.Say(Severity.Error, e.Message);
            new NoticeBoard(agent).PutFailure(e.Message);
            return ExitCode.Failed;
        }
    }
}
