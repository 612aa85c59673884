using System.Text.Json;
using System.Text.Json.Serialization;
using RedisHaBake.Agent.Boot;

namespace RedisHaBake.Agent.Status;

/// <summary>This node and the cluster as seen from it at one moment; what <c>status --output json</c> prints.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Node">This node.</param>
/// <param name="Version">The agent's version.</param>
/// <param name="State">ready, degraded (ready, but not whole), waiting (for the join), failed (a boot step), or starting.</param>
/// <param name="Reasons">Why it is not plainly ready.</param>
/// <param name="Join">What the join last said; empty before it ran.</param>
/// <param name="Master">The node that a majority of the Sentinels names; empty for none.</param>
/// <param name="Nodes">Every node of the cluster.</param>
/// <param name="Quorum">What the Sentinels can do together.</param>
/// <param name="Addresses">The write and the read address, as far as there are such.</param>
/// <param name="Haproxy">What this node's HAProxy sees.</param>
/// <param name="Units">This node's services.</param>
/// <param name="Kernel">The kernel settings of the plan.</param>
/// <param name="Boot">The last boot's sequence, or null where none ran since the boot.</param>
public sealed record StatusReport(
    string Cluster,
    string Node,
    string Version,
    string State,
    IReadOnlyList<string> Reasons,
    string Join,
    string Master,
    IReadOnlyList<NodeStatus> Nodes,
    QuorumStatus Quorum,
    IReadOnlyList<AddressStatus> Addresses,
    ProxyStatus Haproxy,
    IReadOnlyList<UnitStatus> Units,
    IReadOnlyList<KernelStatus> Kernel,
    BootReport? Boot)
{
    /// <summary>When this node's dataset on disk was last written to; null where it has none.</summary>
    public DateTimeOffset? DataWritten { get; init; }

    /// <summary>Whether nodes without internet install through this one now; null where none ever does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? LetsOut { get; init; }

    /// <summary>The form of this report as JSON.</summary>
    public int Format { get; } = 1;

    /// <summary>As indented JSON with a final line end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StatusReportJson.Default.StatusReport) + "\n";
}
