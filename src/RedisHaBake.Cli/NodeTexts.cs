using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli;

/// <summary>What `generate` writes for one node.</summary>
/// <param name="Plan">The node's plan.</param>
/// <param name="UserData">The text to paste.</param>
/// <param name="MetaData">NoCloud's meta-data, for local use.</param>
/// <param name="NetworkConfig">NoCloud's network-config, for local use.</param>
public sealed record NodeTexts(NodePlan Plan, string UserData, string MetaData, string NetworkConfig)
{
    /// <summary>The node's name.</summary>
    public string Node => Plan.Node;

    /// <summary>The node whose address the user-data lacks, so that it is handed to nobody yet; null where it lacks none.</summary>
    public string? Lacks => CloudInit.Egress.Lacking(Plan);

    /// <summary>Bytes of the user-data as they count against a provider's limit.</summary>
    public int Size => System.Text.Encoding.UTF8.GetByteCount(UserData);
}
