using System.Text.Json;

namespace RedisHaBake.Agent.Boot;

/// <summary>What <c>plan --output json</c> prints.</summary>
/// <param name="Format">The form of this document, 1.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Node">The node.</param>
/// <param name="Differences">What differs from the plan; empty when nothing does.</param>
/// <param name="Notes">What differs where nobody can change it from here.</param>
public sealed record PlanReport(int Format, string Cluster, string Node, IReadOnlyList<PlannedChange> Differences, IReadOnlyList<string> Notes)
{
    /// <summary>As indented JSON with a final line end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CommandReportJson.Default.PlanReport) + "\n";
}
