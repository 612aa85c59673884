using Microsoft.Extensions.Hosting;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent;

/// <summary>
/// The boot sequence inside the service, tried again until it succeeds, and the watch behind it. On a node that was ready before,
/// the watch runs from the start: a cluster in trouble needs it most when a boot cannot finish.
/// </summary>
public sealed class BootService(AgentContext agent, ClusterWatch watch, MeetingWatch meeting) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await watch.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Without its own address it would ask nobody.
            var watches = agent.Root.Exists(BootReport.DurableReadyFile) && agent.AddressProblem.Length == 0;
            if (watches)
                await watch.StartAsync(stoppingToken);
            await ApplyUntilReadyAsync(stoppingToken);
            meeting.Learned = null;
            BecomeTheWatch();
            if (!watches)
                await watch.StartAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The service is being stopped.
        }
    }

    // The same process for systemd, which is told READY once more. Where it fails the watch runs in this one.
    private void BecomeTheWatch()
    {
        try
        {
            LibC.Execute(Environment.ProcessPath ?? "/proc/self/exe", "redishabake-agent", "watch");
        }
        catch (IOException e)
        {
            agent.Journal.Say(Severity.Debug, $"the watch goes on in the boot sequence's process: {e.Message}");
        }
    }

    private async Task ApplyUntilReadyAsync(CancellationToken ct)
    {
        var board = new NoticeBoard(agent);
        var last = "";
        var again = false;
        CancellationTokenSource? run = null;
        meeting.Learned = () => run?.Cancel();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            using var mine = run = CancellationTokenSource.CreateLinkedTokenSource(ct);
            try
            {
                agent.TakeMembers();
                await BootSequence.ApplyAsync(agent, again, mine.Token);
                if (!agent.HasLearned(Membership.Read(agent.Root, agent.Pasted)))
                    return;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Something was learned: from the start, by the plan that it makes.
            }
            catch (StepFailedException e)
            {
                if (WithoutNumbers(e.Message) != WithoutNumbers(last))
                {
                    agent.Journal.Say(Severity.Error, e.Message + "; it is tried again until it succeeds");
                    board.PutFailure(e.Message);
                }

                last = e.Message;
            }

            again = true;
            if (!mine.IsCancellationRequested)
                await Task.Delay(pause, agent.Clock, mine.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }

    // Free bytes, a process's number: what fails at each try in other numbers has been said.
    private static string WithoutNumbers(string sentence) => string.Concat(sentence.Where(c => !char.IsAsciiDigit(c)));
}
