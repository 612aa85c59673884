using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Status;

namespace RedisHaBake.Agent.Doctor;

/// <summary>The verb <c>doctor</c>: what is wrong here and in the cluster, and what to do about it. Changes nothing.</summary>
public static class DoctorCommand
{
    /// <summary>Prints the findings.</summary>
    /// <returns>0 when nothing is wrong, else 1.</returns>
    public static async Task<int> RunAsync(AgentContext agent, bool json, TextWriter output, CancellationToken ct)
    {
        var status = await new StatusReader(agent).ReadAsync(ct);
        var differences = await SequenceRunner.PlanAsync(BootSequence.Steps(agent, new BootStory(agent)), ct);
        var findings = Examination.Of(agent, status, differences).Concat(await RedisExamination.RunAsync(agent, ct)).DistinctBy(f => f.What).ToList();
        var report = new DoctorReport(1, agent.Plan.Cluster, agent.Plan.Node, findings);
        if (json)
        {
            await output.WriteAsync(report.ToJson());
        }
        else if (findings.Count == 0)
        {
            await output.WriteLineAsync($"{report.Node} of cluster {report.Cluster}: nothing is wrong");
        }
        else
        {
            await output.WriteLineAsync($"{report.Node} of cluster {report.Cluster}: {findings.Count} {(findings.Count == 1 ? "thing is" : "things are")} wrong");
            foreach (var finding in findings)
            {
                await output.WriteLineAsync($"\n! {finding.What}");
                await output.WriteLineAsync($"  → {finding.Do}");
            }
        }

        return findings.Count == 0 ? ExitCode.Good : ExitCode.Failed;
    }
}
