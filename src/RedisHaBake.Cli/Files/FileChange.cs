namespace RedisHaBake.Cli.Files;

/// <summary>What happens to one file.</summary>
/// <param name="Name">Its name in the directory.</param>
/// <param name="Kind">What happens.</param>
/// <param name="File">Its new content; null where it goes.</param>
internal sealed record FileChange(string Name, ChangeKind Kind, OutFile? File);
