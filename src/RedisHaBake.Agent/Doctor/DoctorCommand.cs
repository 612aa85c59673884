using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Status;

namespace RedisHaBake.Agent.Doctor;

/// <summary>The verb <c>doctor</c>: what is wrong here and in the cluster, and what to do about it. Changes nothing.</summary>
public static class DoctorCommand
{
    private const long LeastOfRun = 64L << 10;

    /// <summary>Prints the findings.</summary>
    /// <returns>0 when nothing is wrong, else 1.</returns>
    public static async Task<int> RunAsync(AgentContext agent, bool json, TextWriter output, CancellationToken ct)
    {
        var status = await new StatusReader(agent).ReadAsync(ct);
        var story = new BootStory(agent, aloud: false);
        var steps = BootSequence.Steps(agent, story);
        var differences = await SequenceRunner.PlanAsync(steps, ct);
        var lastWords = await LastWordsAsync(agent, status, ct);
        var (found, leftOut) = Examination.Of(agent, status, [.. steps.Select(s => s.Name)], differences, unit => lastWords.GetValueOrDefault(unit, ""));
        // A full disk is why a node is out of sync, never the other way round; a refused command is nobody's cause.
        var (troubles, refusals) = await RedisExamination.RunAsync(agent, ct);
        IReadOnlyList<Finding> findings = [.. FullRun(agent).Concat(troubles).Concat(found).Concat(refusals).DistinctBy(f => f.What)];
        var report = new DoctorReport(1, agent.Plan.Cluster, agent.Plan.Node, findings, leftOut, story.Remarks);
        if (json)
            await output.WriteAsync(report.ToJson());
        else
            await PrintAsync(report, output);
        return findings.Count == 0 ? ExitCode.Good : ExitCode.Failed;
    }

    private static async Task<Dictionary<string, string>> LastWordsAsync(AgentContext agent, StatusReport status, CancellationToken ct)
    {
        Dictionary<string, string> words = [];
        foreach (var (unit, binary) in new[] { (agent.Layout.ServerUnit, agent.Layout.ServerBinary), (agent.Layout.SentinelUnit, agent.Layout.SentinelBinary) })
        {
            if (status.Units.Any(u => u.Name == unit && !u.Running && u.Unknown.Length == 0))
                words[unit] = await LastWords.ReadAsync(agent.Programs, unit, binary, ct);
        }

        return words;
    }

    // The services tell each other there how far they are, so that all else may follow from it.
    private static IEnumerable<Finding> FullRun(AgentContext agent)
        => agent.FreeBytes("/run") is { } free && free < LeastOfRun
            ? [new($"/run: expected at least {LeastOfRun >> 10} KiB free, for what this node's services tell each other, found {free >> 10} KiB",
                "see what fills it (df -h /run; du -xh /run | sort -h | tail) and free some; nothing has to be restarted")]
            : [];

    private static async Task PrintAsync(DoctorReport report, TextWriter output)
    {
        var verdict = report.Findings.Count switch { 0 => "nothing is wrong", 1 => "1 thing is wrong", var n => $"{n} things are wrong" };
        await output.WriteLineAsync($"{report.Node} of cluster {report.Cluster}: {verdict}");
        foreach (var finding in report.Findings)
        {
            await output.WriteLineAsync($"\n! {finding.What}");
            await output.WriteLineAsync($"  → {finding.Do}");
        }

        if (report.LeftOut.Length > 0)
            await output.WriteLineAsync($"\n{report.LeftOut}");
        foreach (var note in report.Notes)
            await output.WriteLineAsync($"\nnote: {note}");
    }
}
