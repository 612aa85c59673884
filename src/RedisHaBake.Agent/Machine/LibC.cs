using System.Runtime.InteropServices;

namespace RedisHaBake.Agent.Machine;

/// <summary>The few C library calls that .NET has no word for.</summary>
internal static partial class LibC
{
    private const int AtFdCwd = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const int ReadOnlyDirectory = 0x10000;
    private const int CloseOnExec = 0x80000;
    private const uint StatxBasic = 0x7ff;

    /// <summary>Whether this process is root.</summary>
    public static bool IsRoot => GetEuid() == 0;

    /// <summary>Permissions and owner of <paramref name="path"/> itself, or null where there is no such file.</summary>
    public static unsafe FileStatus? Status(string path)
    {
        // struct statx has one layout on every architecture (statx(2)); 256 bytes.
        var buffer = stackalloc byte[256];
        if (Statx(AtFdCwd, path, AtSymlinkNoFollow, StatxBasic, buffer) != 0)
        {
            return null;
        }

        var uid = *(uint*)(buffer + 20);
        var gid = *(uint*)(buffer + 24);
        var mode = *(ushort*)(buffer + 28);
        return new FileStatus((UnixFileMode)(mode & 0xfff), uid, gid);
    }

    /// <summary>Gives the open file to <paramref name="uid"/> and <paramref name="gid"/>.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void ChangeOwner(SafeHandle file, string path, uint uid, uint gid)
    {
        if (FChown((int)file.DangerousGetHandle(), uid, gid) != 0)
        {
            throw Failed("chown", path);
        }
    }

    /// <summary>As <see cref="ChangeOwner(SafeHandle, string, uint, uint)"/>, by path and not through a symbolic link.</summary>
    public static void ChangeOwner(string path, uint uid, uint gid)
    {
        if (LChown(path, uid, gid) != 0)
        {
            throw Failed("chown", path);
        }
    }

    /// <summary>Makes a rename in <paramref name="directory"/> survive a power loss.</summary>
    public static void SyncDirectory(string directory)
    {
        var fd = Open(directory, ReadOnlyDirectory | CloseOnExec);
        if (fd < 0)
        {
            throw Failed("open", directory);
        }

        var result = FSync(fd);
        _ = Close(fd);
        if (result != 0)
        {
            throw Failed("fsync", directory);
        }
    }

    /// <summary>Gives the file <paramref name="path"/> a second name on the same file system.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void Link(string path, string second)
    {
        if (HardLink(path, second) != 0)
        {
            throw Failed("link", second);
        }
    }

    /// <summary>Makes another program of this process: same number, same environment. Comes back only where that failed.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static unsafe void Execute(string path, params ReadOnlySpan<string> arguments)
    {
        var pointers = stackalloc nint[arguments.Length + 1];
        for (var i = 0; i < arguments.Length; i++)
            pointers[i] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
        pointers[arguments.Length] = 0;
        _ = ExecV(path, pointers);
        throw Failed("execv", path);
    }

    private static IOException Failed(string call, string path)
        => new($"{call} {path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEuid();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ExecV(string path, nint* arguments);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int FChown(int fd, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LChown(string path, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string path, string second);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int fd);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int fd);
}
