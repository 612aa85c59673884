namespace RedisHaBake.Cli.Files;

/// <summary>A file to write.</summary>
/// <param name="Name">Its name in the directory.</param>
/// <param name="Text">Its content.</param>
/// <param name="Mode">Its permissions.</param>
internal sealed record OutFile(string Name, string Text, UnixFileMode Mode);
