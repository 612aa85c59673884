using System.Text.Json;

namespace RedisHaBake.Agent.Boot;

/// <summary>What <c>verify --output json</c> prints.</summary>
/// <param name="Format">The form of this document, 1.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Node">The node that tried.</param>
/// <param name="Verified">Whether all of it went through.</param>
/// <param name="Sentence">What went through, or what did not.</param>
public sealed record VerifyReport(int Format, string Cluster, string Node, bool Verified, string Sentence)
{
    /// <summary>As indented JSON with a final line end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CommandReportJson.Default.VerifyReport) + "\n";
}
