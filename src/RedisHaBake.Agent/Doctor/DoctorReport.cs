using System.Text.Json;

namespace RedisHaBake.Agent.Doctor;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Format">The form of this report, 1.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Node">The node that looked.</param>
/// <param name="Findings">Everything that is wrong, the cause first; empty when nothing is.</param>
/// <param name="LeftOut">What was left out as a consequence of the first finding; empty where nothing was.</param>
/// <param name="Notes">What is not as planned and is nobody's fault here, such as a container's kernel.</param>
public sealed record DoctorReport(int Format, string Cluster, string Node, IReadOnlyList<Finding> Findings, string LeftOut, IReadOnlyList<string> Notes)
{
    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DoctorReportJson.Default.DoctorReport) + "\n";
}
