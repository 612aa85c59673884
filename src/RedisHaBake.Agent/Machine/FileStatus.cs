namespace RedisHaBake.Agent.Machine;

/// <summary>Permissions and owner of a file.</summary>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="Uid">Owner's number.</param>
/// <param name="Gid">Group's number.</param>
public readonly record struct FileStatus(UnixFileMode Mode, uint Uid, uint Gid);
