namespace RedisHaBake.Cli.CloudInit;

/// <summary>One entry of write_files. The owner is root:root: no other account of ours exists that early.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Permissions">Octal with a leading zero; written in quotes, since YAML 1.1 reads a bare 0600 as 384.</param>
/// <param name="Content">The text.</param>
internal sealed record WriteFile(string Path, string Permissions, string Content);
