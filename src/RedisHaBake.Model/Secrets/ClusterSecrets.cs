namespace RedisHaBake.Model.Secrets;

/// <summary>
/// Every password of a cluster: made once, kept in a 0600 file beside the spec, reused at every later run. Never print one.
/// </summary>
/// <param name="Internal">The passwords of the cluster's own programs.</param>
/// <param name="Users">The passwords of the spec's users, by user name, in clear: only their SHA-256 leaves the generator.</param>
public sealed record ClusterSecrets(Plan.SecretPlan Internal, IReadOnlyDictionary<string, string> Users)
{
    /// <summary>Says only that there are secrets.</summary>
    public override string ToString() => "ClusterSecrets { hidden }";
}
