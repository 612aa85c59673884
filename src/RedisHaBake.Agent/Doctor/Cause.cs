using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Status;

namespace RedisHaBake.Agent.Doctor;

/// <summary>What keeps the boot sequence from going on: pure. All that the later steps find is its consequence.</summary>
/// <param name="Finding">It, for a person.</param>
/// <param name="Step">The step, by its place in the sequence.</param>
public sealed record Cause(Finding Finding, int Step)
{
    /// <summary>The cause, or null where the sequence is through and its first step would not stop it now.</summary>
    /// <param name="status">The node.</param>
    /// <param name="steps">The names of the sequence's steps, in order.</param>
    /// <param name="differences">What each step finds now.</param>
    public static Cause? Of(StatusReport status, IReadOnlyList<string> steps, IReadOnlyList<(string Step, Difference Difference)> differences)
    {
        var at = Math.Min(status.Boot?.Steps.Count ?? 0, steps.Count - 1);
        if (status.Boot is { Failure.Length: > 0 } failed)
            return OfFailure(failed.Failure, at, [.. differences.Where(d => d.Step == steps[at]).Select(d => d.Difference.Next).Where(n => n.Length > 0)], isTriedAgain: true);
        // Of a machine that was ready and is no longer fit to be, such as one whose address or package is gone.
        if (differences.Any(d => d.Step == steps[0]))
        {
            var found = differences.Where(d => d.Step == steps[0]).Select(d => d.Difference).ToList();
            var said = string.Join("; ", found.Select(d => d.What == SequenceRunner.NoAnswer ? d.Found : d.ToString()));
            return OfFailure($"{steps[0]}: {said}", 0, [.. found.Select(d => d.Next).Where(n => n.Length > 0)], isTriedAgain: status.State is not "ready" and not "degraded");
        }

        if (status.State == "waiting")
            return new(new(status.Reasons[0], Waiting(status.Reasons[0])), at);
        if (status.State != "starting")
            return null;
        var agent = status.Units.FirstOrDefault(u => u.Name == NodeUnits.Agent);
        return agent is { Running: false }
            ? new(new($"the boot sequence does not run: {agent.Name} is {agent.State}", $"journalctl -u {agent.Name} -n 50 says why it ended; then: systemctl start {agent.Name}"), at)
            : new(new($"still starting: {at} of {steps.Count} steps are done, now at {steps[at]}", $"wait a moment, and look again; what it does: journalctl -fu {NodeUnits.Agent}"), at);
    }

    private static Cause OfFailure(string failure, int step, IReadOnlyList<string> known, bool isTriedAgain)
    {
        // What to do is said behind the arrow, and once.
        var what = known.Aggregate(failure, (text, next) => text.Replace("; " + next, "", StringComparison.Ordinal));
        return new(new(what, Remedy.Of(failure, known, isTriedAgain)), step);
    }

    /// <summary>What a person can do about what a join waits for.</summary>
    public static string Waiting(string sentence)
    {
        var command = sentence.Contains("redishabake-agent ", StringComparison.Ordinal);
        if (sentence.Contains("for our Redis", StringComparison.Ordinal))
            return "what keeps it: journalctl -u 'redis*' -u 'valkey*' -n 50 on this node; one that reads its data needs time, and a restart would begin anew";
        if (sentence.Contains("a failover is spreading", StringComparison.Ordinal) || (!command && sentence.Contains("waiting for the failover", StringComparison.Ordinal)))
            return "wait a minute and look again: it ends by itself, or what else to do is said here then";
        if (!sentence.Contains("waiting for ", StringComparison.Ordinal))
            return command ? "the command that is named, on the node whose data shall stay; nothing goes on before that" : "look again in a moment: it goes on by itself";
        return command
            ? "start or repair the node that is named; where it is gone for good, the command that is named"
            : "start or repair the node that is named: on it, redishabake-agent doctor; in the portal, where it does not answer at all. Nothing is to be restarted here, it goes on by itself";
    }
}
