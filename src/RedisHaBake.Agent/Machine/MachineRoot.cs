using System.Text;

namespace RedisHaBake.Agent.Machine;

/// <summary>
/// The machine's file tree under a root that can be moved: "/" in life, a temporary directory in tests (tree in + plan → tree
/// out). Every path given to it is absolute on the machine.
/// </summary>
/// <param name="path">The directory that stands for "/".</param>
public sealed class MachineRoot(string path)
{
    private readonly string _path = path.TrimEnd('/');

    /// <summary>Whether this is the machine itself.</summary>
    public bool IsReal => _path.Length == 0;

    /// <summary>Where <paramref name="absolute"/> really is.</summary>
    /// <exception cref="ArgumentException">The path is not absolute.</exception>
    public string At(string absolute) => absolute.StartsWith('/')
        ? _path + absolute
        : throw new ArgumentException($"expected an absolute path, found \"{absolute}\"", nameof(absolute));

    /// <summary>Whether there is such a file.</summary>
    public bool Exists(string absolute) => File.Exists(At(absolute));

    /// <summary>The file's text, or null where there is no such file (or no such directory).</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public string? Read(string absolute)
    {
        try
        {
            return File.ReadAllText(At(absolute));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Permissions and owner of the file or directory, or null where there is none.</summary>
    public FileStatus? Status(string absolute) => LibC.Status(At(absolute));

    /// <summary>When the file was last written, UTC; null where there is none.</summary>
    public DateTime? WrittenAt(string absolute) => Exists(absolute) ? File.GetLastWriteTimeUtc(At(absolute)) : null;

    /// <summary>
    /// Whether an existing file may be written, tried by opening it: root may write everything, except what is mounted read-only.
    /// </summary>
    public bool IsWritable(string absolute)
    {
        try
        {
            using var stream = new FileStream(At(absolute), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes into an existing file in place: for the kernel's files in /proc and /sys, which know no rename.</summary>
    public void Poke(string absolute, string value)
    {
        using var stream = new FileStream(At(absolute), IsReal ? FileMode.Open : FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes(value + "\n"));
    }

    /// <summary>
    /// Replaces a file whole: a temporary file in the same directory that has its final permissions and owner before its first
    /// byte, fsync, rename, fsync of the directory. A reader, or a power loss, sees the old text or the new. Missing directories
    /// are made, 0755.
    /// </summary>
    /// <param name="absolute">The file.</param>
    /// <param name="content">Its new text.</param>
    /// <param name="mode">Octal permissions such as "0640".</param>
    /// <param name="owner">Owner's name.</param>
    /// <param name="group">Group's name.</param>
    /// <exception cref="MachineException">The owner or the group does not exist.</exception>
    /// <exception cref="IOException">Disk full, read-only, …</exception>
    public void Write(string absolute, string content, string mode = "0644", string owner = "root", string group = "root")
    {
        var target = At(absolute);
        var directory = Path.GetDirectoryName(target)!;
        var (uid, gid) = (Uid(owner, absolute), Gid(group, absolute));
        var temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{Environment.ProcessId}.new");
        try
        {
            Directory.CreateDirectory(directory);
            // O_EXCL and no permission for anybody else: nobody can have it open already. The umask may take bits away, so
            // the final mode is set on the handle before the first byte.
            File.Delete(temporary);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using (var stream = new FileStream(temporary, options))
            {
                if (LibC.IsRoot)
                {
                    LibC.ChangeOwner(stream.SafeFileHandle, absolute, uid, gid);
                }

                File.SetUnixFileMode(stream.SafeFileHandle, ParseMode(mode));
                using (var writer = new StreamWriter(stream, leaveOpen: true))
                {
                    writer.Write(content);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            LibC.SyncDirectory(directory);
        }
        catch (IOException e) when (RefusedWrite.Knows(e))
        {
            DeleteIfThere(temporary);
            throw new IOException(RefusedWrite.Sentence(absolute, e, Read("/proc/self/mountinfo") ?? ""), e.HResult);
        }
        catch
        {
            DeleteIfThere(temporary);
            throw;
        }
    }

    // What failed first is what must be said.
    private static void DeleteIfThere(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // There is no such directory, or it is read-only, and so there is no such file.
        }
    }

    /// <summary>Removes a file; nothing happens where there is none.</summary>
    public void Delete(string absolute)
    {
        if (Exists(absolute))
        {
            File.Delete(At(absolute));
            LibC.SyncDirectory(Path.GetDirectoryName(At(absolute))!);
        }
    }

    /// <summary>Makes a directory that only <paramref name="owner"/>, and root, may enter.</summary>
    public void MakePrivate(string absolute, string owner)
    {
        var (uid, gid) = (Uid(owner, absolute), Gid(owner, absolute));
        DeleteDirectory(absolute);
        Directory.CreateDirectory(Path.GetDirectoryName(At(absolute))!);
        Directory.CreateDirectory(At(absolute), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (LibC.IsRoot)
            LibC.ChangeOwner(At(absolute), uid, gid);
    }

    /// <summary>The names of the directories in a directory; none where there is no such.</summary>
    public IReadOnlyList<string> Directories(string absolute)
        => Directory.Exists(At(absolute)) ? [.. Directory.EnumerateDirectories(At(absolute)).Select(d => Path.GetFileName(d))] : [];

    /// <summary>Removes a directory with all that is in it; nothing happens where there is none.</summary>
    public void DeleteDirectory(string absolute)
    {
        if (Directory.Exists(At(absolute)))
            Directory.Delete(At(absolute), recursive: true);
    }

    /// <summary>Number of the user called <paramref name="name"/>, from this root's /etc/passwd.</summary>
    /// <exception cref="MachineException">There is no such user.</exception>
    public uint Uid(string name, string wantedFor) => Number("/etc/passwd", "user", name, wantedFor);

    /// <summary>Number of the group called <paramref name="name"/>, from this root's /etc/group.</summary>
    /// <exception cref="MachineException">There is no such group.</exception>
    public uint Gid(string name, string wantedFor) => Number("/etc/group", "group", name, wantedFor);

    /// <summary>"0640" as permission bits.</summary>
    public static UnixFileMode ParseMode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);

    private uint Number(string file, string kind, string name, string wantedFor)
    {
        if (name == "root")
        {
            return 0;
        }

        foreach (var line in (Read(file) ?? "").Split('\n'))
        {
            var parts = line.Split(':');
            if (parts.Length > 2 && parts[0] == name && uint.TryParse(parts[2], out var number))
            {
                return number;
            }
        }

        throw new MachineException(
            $"{wantedFor} belongs to {kind} \"{name}\", and {file} has no such {kind}; install the package that brings it (apt-get install), then restart redishabake-agent");
    }
}
