namespace RedisHaBake.Agent.Machine;

/// <summary>What a write that the file system refused means to a person: which directory, on which file system, and the way out.</summary>
public static class RefusedWrite
{
    // errno(3) of Linux; .NET passes it on as the exception's HResult.
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int Quota = 122;

    /// <summary>Whether <see cref="Sentence"/> knows the reason.</summary>
    public static bool Knows(IOException e) => e.HResult is NoSpace or ReadOnly or Quota;

    /// <summary>The sentence for a file that could not be written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reason">The kernel's.</param>
    /// <param name="mounts">/proc/self/mountinfo.</param>
    public static string Sentence(string file, IOException reason, string mounts)
    {
        var directory = Path.GetDirectoryName(file) ?? "/";
        var mount = MountPoint(directory, mounts);
        return reason.HResult == ReadOnly
            ? $"{file}: expected that {directory} can be written, found: Read-only file system, mounted at {mount}; a kernel mounts so after disk errors (dmesg), else a person did; when that is mended: mount -o remount,rw {mount}"
            : $"{file}: expected room for it in {directory}, found: No space left on the file system mounted at {mount}; see what fills it (df -h {mount}; df -i {mount}; du -xh {mount} | sort -h | tail) and free some";
    }

    /// <summary>Where the file system of <paramref name="directory"/> is mounted: the longest of the mount points above it (proc(5), mountinfo).</summary>
    public static string MountPoint(string directory, string mounts)
    {
        var longest = "/";
        foreach (var line in mounts.Split('\n'))
        {
            var fields = line.Split(' ');
            if (fields.Length > 4 && fields[4].Length > longest.Length && (directory + "/").StartsWith(fields[4].Replace("\\040", " ", StringComparison.Ordinal) + "/", StringComparison.Ordinal))
                longest = fields[4];
        }

        return longest;
    }
}
