namespace RedisHaBake.Agent.Machine;

/// <summary>How much room a file system of this machine has, by statvfs(3).</summary>
public static class FreeSpace
{
    /// <summary>Bytes that are free where <paramref name="directory"/> is, or would be; null where that cannot be told.</summary>
    public static long? Of(string directory)
    {
        while (!Directory.Exists(directory) && Path.GetDirectoryName(directory) is { Length: > 0 } parent)
            directory = parent;
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
