using System.Runtime.InteropServices;

namespace RedisHaBake.Cli.Files;

/// <summary>What a path leads to. Only a regular file may be opened: a FIFO without a writer waits for ever, as may a file of the kernel's (/proc/kmsg), and a device may never end.</summary>
internal static partial class FileType
{
    private const int AtFdCwd = -100;
    private const uint StatxType = 1;
    private const uint StatxInode = 0x100;

    // statfs(2): proc and sysfs.
    private static readonly long[] KernelFileSystems = [0x9FA0, 0x62656572];

    /// <summary>The words for a regular file.</summary>
    public const string File = "a file";

    /// <summary>The words for a directory.</summary>
    public const string Directory = "a directory";

    /// <summary>
    /// What stands at <paramref name="path"/>, behind links, in words; null where nothing does or it may not be seen. (.NET's own Exists
    /// also says yes to a link that leads nowhere.)
    /// </summary>
    public static unsafe string? Of(string path)
    {
        // struct statx has one layout on every architecture (statx(2)); 256 bytes, the mode at 28.
        var buffer = stackalloc byte[256];
        if (path.Contains('\0') || Statx(AtFdCwd, path, 0, StatxType, buffer) != 0)
            return null;
        return (*(ushort*)(buffer + 28) & 0xF000) switch
        {
            // The first word of struct statfs, on 64-bit machines, is the file system's type.
            0x8000 when Statfs(path, buffer) == 0 && KernelFileSystems.Contains(*(long*)buffer) => "a file that the kernel makes up",
            0x8000 => File,
            0x4000 => Directory,
            0x1000 => "a pipe",
            0xC000 => "a socket",
            _ => "a device",
        };
    }

    /// <summary>Whether both paths lead to one file, by whatever links.</summary>
    public static unsafe bool AreOne(string one, string other)
    {
        // The inode at 32, the device's two numbers at 136.
        var first = stackalloc byte[256];
        var second = stackalloc byte[256];
        return !one.Contains('\0') && !other.Contains('\0')
            && Statx(AtFdCwd, one, 0, StatxInode, first) == 0 && Statx(AtFdCwd, other, 0, StatxInode, second) == 0
            && *(ulong*)(first + 32) == *(ulong*)(second + 32) && *(ulong*)(first + 136) == *(ulong*)(second + 136);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "statfs", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statfs(string path, byte* buffer);
}
