using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot;

/// <summary>
/// The flow of every sequence: check; nothing differs → next; else apply, and check AGAIN, which is the verification. The first
/// failure stops. A plan is the same checks without the applying.
/// </summary>
/// <param name="agent">The machine.</param>
/// <param name="story">Grows with each step.</param>
/// <param name="again">Whether this is another try: what the first one said is not said again, only what is done.</param>
public sealed class SequenceRunner(AgentContext agent, BootStory story, bool again = false)
{
    /// <summary>The name of the difference that says that a step could not look.</summary>
    public const string NoAnswer = "check";

    // What failed before stays said until this try has come further: whoever looks in between would read that all is well.
    private readonly int _failedAfter = again ? BootReport.Read(agent.Root, BootReport.RunFile)?.Steps.Count ?? 0 : -1;

    /// <summary>Makes the machine what the plan says.</summary>
    /// <exception cref="StepFailedException">The first step that failed; nothing after it was touched.</exception>
    public async Task ApplyAsync(IReadOnlyList<IStep> steps, CancellationToken ct)
    {
        if (!again)
            TryWrite(story.Report());
        for (var i = 0; i < steps.Count; i++)
        {
            await ApplyAsync(steps[i], $"step {steps[i].Name} ({i + 1}/{steps.Count})", ct);
            agent.StepEnded?.Invoke(i + 1);
        }

        TryWrite(story.Report(ready: agent.Clock.GetUtcNow()));
    }

    /// <summary>What would be changed, per step; changes nothing. A step that cannot be checked yet says so as a difference.</summary>
    public static async Task<IReadOnlyList<(string Step, Difference Difference)>> PlanAsync(IReadOnlyList<IStep> steps, CancellationToken ct)
    {
        List<(string, Difference)> all = [];
        foreach (var step in steps)
        {
            try
            {
                all.AddRange((await step.CheckAsync(ct)).Select(d => (step.Name, d)));
            }
            catch (Exception e) when (IsExpected(e))
            {
                // Where the node's own address is unknown, every later step says so too.
                if (all.All(d => d.Item2.Found != e.Message))
                    all.Add((step.Name, new(NoAnswer, "an answer", e.Message)));
            }
        }

        return all;
    }

    private async Task ApplyAsync(IStep step, string title, CancellationToken ct)
    {
        var start = agent.Clock.GetTimestamp();
        try
        {
            var before = await step.CheckAsync(ct);
            if (before.Count > 0)
            {
                SayDifferences(step, title, before);
                await step.ApplyAsync(ct);
                var after = await step.CheckAsync(ct);
                if (after.Count > 0)
                    throw new StepFailedException($"{title} failed: {string.Join("; ", after)}{WhatNow(after)}");
            }

            var took = agent.Clock.GetElapsedTime(start);
            story.Add(new(step.Name, before.Count > 0, (long)took.TotalMilliseconds));
            var report = story.Report();
            if (report.Steps.Count > _failedAfter)
                report.Write(agent.Root, BootReport.RunFile);
            if (before.Count == 0 && report.Steps.Count <= _failedAfter)
                return;
            // Where the try before failed or was interrupted in the middle, its step was begun, and its end is still to be said.
            var isDone = before.Count > 0 || report.Steps.Count == _failedAfter + 1;
            agent.Journal.Say(
                isDone ? Severity.Notice : Severity.Info,
                $"{title}: {(isDone ? "done" : "nothing to do")}, {took.TotalSeconds:0.0}s",
                (Field.Step, step.Name),
                (Field.DurationMs, ((long)took.TotalMilliseconds).ToString()));
        }
        catch (Exception e) when (IsExpected(e) || e is StepFailedException)
        {
            var failed = e as StepFailedException ?? new StepFailedException($"{title} failed: {e.Message}", e);
            TryWrite(story.Report(failure: failed.Message));
            throw failed;
        }
    }

    private void SayDifferences(IStep step, string title, IReadOnlyList<Difference> differences)
    {
        // The step that fails at every try would say it every half minute, for days.
        if (again)
            return;
        if (differences.Count == 1)
        {
            agent.Journal.Say(Severity.Info, $"{title}: {differences[0]}", (Field.Step, step.Name));
            return;
        }

        agent.Journal.Say(Severity.Info, $"{title}: {differences.Count} things differ from the plan", (Field.Step, step.Name));
        foreach (var difference in differences)
            agent.Journal.Say(Severity.Info, $"    {difference}", (Field.Step, step.Name));
    }

    private static string WhatNow(IReadOnlyList<Difference> after)
        => after.Any(d => d.Next.Length > 0) ? "" : "; nothing after this step was touched; when the cause is gone: systemctl restart redishabake-agent";

    private void TryWrite(BootReport report)
    {
        try
        {
            report.Write(agent.Root, BootReport.RunFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            agent.Journal.Say(Severity.Warning, $"{BootReport.RunFile} could not be written: {e.Message}");
        }
    }

    private static bool IsExpected(Exception e)
        => e is MachineException or SystemdException or IOException or UnauthorizedAccessException or RespException or RespUnreachableException;
}
