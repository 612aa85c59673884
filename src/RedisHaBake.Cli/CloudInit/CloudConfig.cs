namespace RedisHaBake.Cli.CloudInit;

/// <summary>The parts of a cloud-config document that this product uses; all known to every cloud-init from 22.1 to 26.</summary>
/// <param name="Comments">Lines for the reader, after the #cloud-config line.</param>
/// <param name="Hostname">The VM's host name.</param>
/// <param name="WriteFiles">Files, written early at the first boot.</param>
/// <param name="Runcmd">Commands as argument lists, run last at the first boot.</param>
internal sealed record CloudConfig(
    IReadOnlyList<string> Comments,
    string Hostname,
    IReadOnlyList<WriteFile> WriteFiles,
    IReadOnlyList<IReadOnlyList<string>> Runcmd);
